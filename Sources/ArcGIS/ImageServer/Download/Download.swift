import Catalog
import Datasets
import JSONValue
import RasterFiles
import Spatial
import Worlds

/// `…/ImageServer/download`: the files of rasters, as they are, clipped or converted (REST API 1.7).
enum Download {
  private static let rasterIds = Parameter(
    "rasterIds", title: "Raster IDs", .integers("object ids with commas between them", count: 1...10_000),
    required: true, "The rasters whose files are wanted.")
  private static let geometry = Parameter(
    "geometry", title: "Geometry", .geometry, defaultText: "none", "The area to which the rasters are clipped.")
  private static let geometryType =
    Parameter(
      "geometryType", title: "Geometry Type", .choice, default: ClipType.envelope,
      defaultText: "esriGeometryEnvelope", "What the geometry is.") as Parameter<ClipType>
  private static let format = Parameter(
    "format", title: "Format", .downloadFormat, defaultText: "that of the raster",
    "The format of what is clipped; with :Conversion also of what is not.")

  /// The values of `geometryType`.
  private enum ClipType: String, CaseIterable, Sendable {
    case envelope = "esriGeometryEnvelope"
    case polygon = "esriGeometryPolygon"

    var geometryType: GeometryType { self == .envelope ? .envelope : .polygon }
  }

  static let operation = Operation(
    "download", title: "Download Rasters", "The files of rasters, as they are, clipped or converted.",
    scope: .imageService, capability: "Download", available: { $0.hasDownloads }, since: ServerVersion(10, 0),
    parameters: [rasterIds, geometry, geometryType, format], weight: .heavy, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    let rasters = try rasters(of: service, call)
    let request = DownloadRequest(
      call: call, service: service, area: try area(of: service, call), format: call[format])
    let entries = try request.entries(of: rasters)
    return .json(["rasterFiles": .array(entries.map(\.json))], page: page(entries, call))
  }

  private static func rasters(of service: ImageService, _ call: Call) throws -> [CatalogRaster] {
    let ids = try call.value(rasterIds)
    guard ids.count <= service.settings.maxDownloadImageCount else {
      throw ArcGISError.invalid(
        detail: "The requested number of download images exceeds the limit.",
        hint: "rasterIds: expected at most \(service.settings.maxDownloadImageCount) for this service")
    }
    var seen: Set<Int> = []
    return try ids.filter { seen.insert($0).inserted }.map { id in
      guard let raster = try call.site.catalog.raster(Int64(id), of: service) else {
        throw ArcGISError.invalid(rasterIds.name, expected: "object ids of the service's catalog, which has no \(id)")
      }
      return raster
    }
  }

  private static func area(of service: ImageService, _ call: Call) throws(ArcGISError) -> DownloadRequest.Area? {
    guard let unread = call[geometry] else { return nil }
    let type = try call.value(geometryType).geometryType
    do throws(SentGeometry.Problem) {
      let sent = try SentGeometry(unread, as: type)
      return (sent.geometry, sent.spatialReference ?? service.spatialReference)
    } catch {
      throw .invalid(geometry.name, expected: error.expected)
    }
  }

  private static func page(_ entries: [DownloadEntry], _ call: Call) -> PageContent {
    PageContent(
      lists: [
        PageContent.LinkList(
          heading: "Raster Files",
          links: entries.map { entry in
            let raster = entry.rasterIds.first.map { "&rasterId=\($0)" } ?? ""
            return .init(
              text: entry.file.id, address: "file?id=\(percentEncoded(entry.file.id))\(raster)",
              note: "\(entry.size) bytes, rasters \(entry.rasterIds.map(String.init).joined(separator: ", "))")
          })
      ], showsMembers: false)
  }
}

extension ImageService {
  /// Whether its files can be downloaded, besides the capability for it: those of a mosaic only where its catalog is open.
  var hasDownloads: Bool { kind == .rasterDataset || settings.capabilities.contains("Catalog") }

  /// What one download may weigh, in bytes.
  var mostDownloadBytes: Int {
    let (bytes, overflow) = settings.maxDownloadSizeLimit.multipliedReportingOverflow(by: 1 << 20)
    return overflow ? .max : bytes
  }
}
