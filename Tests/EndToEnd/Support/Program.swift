import Foundation

/// The built program, run as a person runs it.
enum Program {
  /// `MOCK_ARCGIS_BINARY`, else the program in the build folder of these tests.
  static let url: URL = {
    if let named = ProcessInfo.processInfo.environment["MOCK_ARCGIS_BINARY"] { return URL(fileURLWithPath: named) }
    return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("mock-arcgis")
  }()

  /// The data that comes with the project.
  static let sampleData = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../data").standardizedFileURL.path

  /// How a run ended.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// A process of the program, not yet started, without the variables of the environment that stand for its options.
  static func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("MOCK_ARCGIS_") }
      .merging(environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let folder = try TemporaryFolder()
    try folder.write("", to: "output")
    try folder.write("", to: "errors")
    let process = process(arguments, environment: environment)
    process.standardOutput = FileHandle(forWritingAtPath: folder.path("output"))
    process.standardError = FileHandle(forWritingAtPath: folder.path("errors"))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOfFile: folder.path("output"), encoding: .utf8),
      errors: try String(contentsOfFile: folder.path("errors"), encoding: .utf8))
  }
}
