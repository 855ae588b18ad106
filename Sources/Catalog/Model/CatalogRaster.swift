import Datasets
import Spatial

/// A raster of an image service, as the catalog knows it. An immutable object, so that ten thousand of them pass hands cheaply.
public final class CatalogRaster: Sendable {
  /// The key in the database.
  let key: Int64
  /// The key in the service's catalog, from 1. The same after a restart with the same state folder, whatever came or went.
  public let objectId: Int64
  /// The name that clients see: that of the file without its extension, or what `service.json` says.
  public let name: String
  /// The file to open, an absolute path.
  public let path: String
  /// The raster's file and its side files with their sizes, as they were when they were read; the raster itself first.
  public let files: [FileStamp]
  /// What the file says of itself.
  public let info: RasterInfo
  /// Where the raster lies, in its own spatial reference.
  public let nativeExtent: Envelope
  /// Where the raster lies, in the spatial reference of its service.
  public let footprint: Envelope
  /// Width of a pixel of the base in the spatial reference of the service.
  public let pixelSizeX: Double
  /// Height of a pixel of the base in the spatial reference of the service.
  public let pixelSizeY: Double
  /// Cell sizes below this don't show the raster.
  public let minPS: Double
  /// Cell sizes from this on don't show the raster. `nil` shows it at all of them: ArcGIS computes a bound when it builds
  /// overviews of a mosaic, and without overviews of a mosaic a bound would only make pictures vanish.
  public let maxPS: Double?
  /// The cell size of the base, in units of the service.
  public let lowPS: Double
  /// The cell size of the coarsest overview, in units of the service.
  public let highPS: Double
  /// What the item is: 1 is a primary raster, 2 an overview …
  public let category: Int
  /// What the item stands for within its product.
  public let tag: String
  /// The group that the item belongs to.
  public let groupName: String
  /// The product that the item belongs to.
  public let productName: String
  /// The rank that goes before the order of a mosaic; smaller is nearer to the top. `nil` for none.
  public let zOrder: Int?
  /// The fields that `service.json` adds, by their declared names.
  public let attributes: [String: FieldValue]
  /// When the raster holds, by the fields of the service's `timeInfo`; `nil` where they tell no time.
  public let time: TimeSpan?

  init(
    key: Int64, objectId: Int64, name: String, path: String, files: [FileStamp], info: RasterInfo, footprint: Envelope,
    pixelSizeX: Double, pixelSizeY: Double, item: RasterItem, time: TimeSpan? = nil
  ) {
    self.key = key
    self.objectId = objectId
    self.name = name
    self.path = path
    self.files = files
    self.info = info
    self.nativeExtent = info.georeference.envelope(width: info.width, height: info.height)
    self.footprint = footprint
    self.pixelSizeX = pixelSizeX
    self.pixelSizeY = pixelSizeY
    self.minPS = item.minPS
    self.maxPS = item.maxPS
    self.lowPS = item.lowPS
    self.highPS = item.highPS
    self.category = item.category
    self.tag = item.tag
    self.groupName = item.groupName
    self.productName = item.productName
    self.zOrder = item.zOrder
    self.attributes = item.attributes
    self.time = time
  }

  /// The middle of the footprint.
  public var center: Point { footprint.center }
  /// The length of the footprint's outline.
  public var shapeLength: Double { 2 * (footprint.width + footprint.height) }
  /// The area of the footprint.
  public var shapeArea: Double { footprint.width * footprint.height }

  /// Whether the raster is shown at a cell size in units of the service: `minPS <= size < maxPS`.
  public func isVisible(at cellSize: Double) -> Bool {
    cellSize >= minPS && (maxPS.map { cellSize < $0 } ?? true)
  }

  /// The value of a catalog field, its name in any case; `null` for fields that are not there and for `Shape`.
  public func value(of field: String) -> FieldValue {
    switch field.lowercased() {
    case "objectid": .integer(objectId)
    case "name": .string(name)
    case "minps": .double(minPS)
    case "maxps": maxPS.map(FieldValue.double) ?? .null
    case "lowps": .double(lowPS)
    case "highps": .double(highPS)
    case "category": .integer(Int64(category))
    case "tag": .string(tag)
    case "groupname": .string(groupName)
    case "productname": .string(productName)
    case "centerx": .double(center.x)
    case "centery": .double(center.y)
    case "zorder": zOrder.map { .integer(Int64($0)) } ?? .null
    case "shape_length": .double(shapeLength)
    case "shape_area": .double(shapeArea)
    default:
      attributes[field] ?? attributes.first { $0.key.lowercased() == field.lowercased() }?.value ?? .null
    }
  }
}
