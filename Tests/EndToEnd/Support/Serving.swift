import Testing

/// A suite's own server, started before its first test and stopped, with exit status 0, after its last one.
struct Serving: SuiteTrait, TestScoping {
  /// A script for GDAL that makes the data folder; the project's sample data without it.
  var script: String?
  var options: [String] = []

  func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void)
    async throws
  {
    let folder = try TemporaryFolder()
    if let script { try GDAL.shared.run(script, in: folder) }
    let server = try ServerProcess(script == nil ? Program.sampleData : folder.path, options: options)
    try await DataFolder.$current.withValue(folder) {
      try await ServerProcess.$current.withValue(server) { try await function() }
    }
    try server.stop()
  }
}

/// The folder of rasters that the suite's server serves.
enum DataFolder {
  @TaskLocal static var current: TemporaryFolder?
}

extension Trait where Self == Serving {
  /// A server of the sample data.
  static var servingSampleData: Serving { Serving() }

  /// A server of a folder that a script for GDAL makes.
  static func serving(_ script: String, options: [String] = []) -> Serving {
    Serving(script: script, options: options)
  }
}

/// The server of the suite.
func server() throws -> ServerProcess { try #require(ServerProcess.current, "the suite has a server") }

/// The path of a file that the suite's server serves.
func dataFile(_ name: String) throws -> String { try #require(DataFolder.current).path(name) }
