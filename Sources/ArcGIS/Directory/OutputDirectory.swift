import HTTP

/// `/rest/directories/…`: the files that operations made (REST API 4.11).
enum OutputDirectory {
  static let operation = Operation(
    "rest/directories/{*path}", title: "Output Directory", "A file that an operation made.", scope: .site, formats: [],
    weight: .heavy
  ) { call in
    guard let path = call.variables["path"], let file = call.site.outputs.file(at: path, of: call.world) else {
      throw ArcGISError.fileNotFound
    }
    return .file(path: file, type: MediaType.ofFile(named: path), name: nil)
  }
}
