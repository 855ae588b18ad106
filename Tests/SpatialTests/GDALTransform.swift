import Glibc
import Spatial

/// GDAL's command line as an independent judge.
enum GDALTransform {
  /// Where `gdaltransform` puts points; NaN where it puts them nowhere.
  static func points(_ points: [Point], from source: String, to target: String) throws -> [Point] {
    let input = try TemporaryFile(points.map { "\($0.x) \($0.y)\n" }.joined())
    let output = try run("gdaltransform -output_xy -s_srs '\(source)' -t_srs '\(target)' < \(input.path) 2>/dev/null")
    let lines = output.split(separator: "\n")
    guard lines.count == points.count else { throw Failure(text: "gdaltransform said: \(output)") }
    return lines.map { line in
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      guard numbers.count == 2, numbers[0].isFinite, numbers[1].isFinite else { return Point(x: .nan, y: .nan) }
      return Point(x: numbers[0], y: numbers[1])
    }
  }

  /// What a command prints.
  static func run(_ command: String) throws -> String {
    guard let pipe = popen(command, "r") else { throw Failure(text: "can't run \(command)") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, pipe)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    guard pclose(pipe) == 0 else { throw Failure(text: "\(command) failed (is gdal-bin installed?)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct Failure: Error {
    var text: String
  }
}

/// A file that goes when nobody needs it.
final class TemporaryFile {
  let path: String

  init(_ text: String) throws {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/spatial-tests-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw GDALTransform.Failure(text: "no temporary file") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw GDALTransform.Failure(text: "can't write \(path)") }
      rest = rest.dropFirst(count)
    }
    close(descriptor)
  }

  deinit {
    unlink(path)
  }
}
