import Foundation
import Testing

/// Runs Python scripts: the independent readers of these tests are there.
enum Python {
  struct Failure: Error { let message: String }

  /// Debian's own, which has GDAL 3.6.
  static let system = "/usr/bin/python3"

  /// One with the readers that `scripts/test` installs from PyPI: rasterio (GDAL 3.10), MapProxy, tpkutils, vtpk-reader. `nil`
  /// where they could not be had.
  static let withReaders: String? = ProcessInfo.processInfo.environment["MOCK_ARCGIS_TEST_PYTHON"]

  /// What a script prints, which is JSON.
  static func run<T: Decodable>(
    _ script: String, _ arguments: String..., by python: String = system
  ) throws -> T {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: complaint, as: UTF8.self)) }
    return try JSONDecoder().decode(T.self, from: printed)
  }
}
