import Glibc

/// A parser that has to survive any input: it may refuse, but not crash, hang or bloat.
///
/// A target is a file in `Targets/`, bears that file's name and stands in `all`.
struct FuzzTarget: Sendable {
  /// The name of the file in `Targets/`, without its extension.
  let name: String

  /// Feeds the parser with one input and traps when what comes back breaks a promise.
  let run: @Sendable (_ input: [UInt8]) -> Void

  static let all: [FuzzTarget] = [
    .jsonText, .parameters, .raster, .requestParser, .spatialText, .tilePackage, .whereText,
  ]

  /// The target that the environment variable `FUZZ_TARGET` names, without which the program ends.
  static let chosen: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      fatalError("FUZZ_TARGET is \"\(name)\", but has to be one of \(names)")
    }
    return target
  }()
}
