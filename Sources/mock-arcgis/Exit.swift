import ArgumentParser
import Glibc

/// How the program ends when it can't do what was asked (sysexits.h).
enum Exit {
  /// The data folder can't be served.
  static let badData = ExitCode(65)
  /// The port is taken.
  static let unavailable = ExitCode(69)

  /// Prints one sentence to standard error and gives the code to throw.
  static func with(_ code: ExitCode, _ sentence: String) -> ExitCode {
    var standardError = StandardError()
    print("mock-arcgis: \(sentence)", to: &standardError)
    return code
  }
}

/// Standard error as a stream of text.
struct StandardError: TextOutputStream {
  mutating func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
