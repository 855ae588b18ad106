import Catalog
import HTTP
import Worlds

/// `…/ImageServer/file`: the bytes of a file that `download` has told of (REST API 1.8), whatever `f` says.
enum RasterFileResource {
  private static let id = Parameter(
    "id", title: "ID", .text, required: true, "The identifier of the file, from the answer of download.")
  private static let rasterId = Parameter(
    "rasterId", title: "Raster ID", .integer(in: 0...Int.max), defaultText: "any raster of the file",
    "One of the rasters that the file belongs to.")

  static let operation = Operation(
    "file", title: "Raster File", "A file that download has told of.", scope: .imageService, capability: "Download",
    available: { $0.hasDownloads }, since: ServerVersion(10, 0), formats: [], parameters: [id, rasterId],
    form: false, weight: .heavy, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    let directory = "arcgisoutput/\(service.identifier.outputDirectory)"
    let text = try call.value(id)
    guard let file = DownloadFile(text, directory: "\(call.address.directories)/\(directory)"),
      let path = try path(of: file, raster: call[rasterId].map(Int64.init), service, directory, call)
    else {
      throw ArcGISError.invalid(
        id.name,
        expected: "an identifier that download has told of less than ten minutes ago, with one of its rasterIds")
    }
    let name = String(path[path.index(path.lastIndex(of: "/") ?? path.startIndex, offsetBy: 1)...])
    return .file(path: path, type: MediaType.ofFile(named: name), name: name)
  }

  /// The path of a file that is there and belongs to the raster.
  private static func path(
    of file: DownloadFile, raster: Int64?, _ service: ImageService, _ directory: String, _ call: Call
  ) throws -> String? {
    switch file {
    case .made(let folder, let name):
      guard raster.map(file.isMade) ?? true else { return nil }
      return call.site.outputs.file(at: "\(directory)/\(folder)/\(name)", of: call.world)
    case .source(let name):
      let catalog = call.site.catalog
      guard let raster else { return try catalog.path(ofFile: name, of: service) }
      return try catalog.raster(raster, of: service).flatMap { try catalog.path(ofFile: name, of: $0) }
    }
  }
}
