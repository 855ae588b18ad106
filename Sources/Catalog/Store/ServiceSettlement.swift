import Datasets
import Spatial

/// Finds the spatial reference of a service and the place of each of its rasters in it.
struct ServiceSettlement {
  /// The reference of the service.
  let reference: SpatialReference
  private let attributes: [String: [String: FieldValue]]

  /// - Parameters:
  ///   - rasters: the rasters of the service, at least one.
  ///   - file: what `service.json` says.
  init(rasters: [RasterRecord], file: ServiceFile) {
    reference = file.settings.spatialReference ?? Self.common(of: rasters.map(\.info.georeference.spatialReference))
    attributes = file.rasters
  }

  /// The rasters' own reference where they share it. Else WGS 84 if all are geographic, else Web Mercator: choices that
  /// do not change with every raster that comes or goes.
  static func common(of references: [SpatialReference]) -> SpatialReference {
    guard let first = references.first else { return .webMercator }
    if references.allSatisfy({ $0.isSame(as: first) }) { return first }
    return references.allSatisfy(\.isGeographic) ? .wgs84 : .webMercator
  }

  /// The place of a raster; `nil` when it has none in the reference of the service.
  func place(of raster: RasterRecord) -> RasterRecord.Place? {
    let georeference = raster.info.georeference
    let native = georeference.envelope(width: raster.info.width, height: raster.info.height)
    let columns = Double(raster.info.width)
    let rows = Double(raster.info.height)
    let coarsest = raster.info.levels.last ?? raster.info.levels[0]
    var place = RasterRecord.Place(
      footprint: native, pixelSizeX: georeference.pixelWidth, pixelSizeY: georeference.pixelHeight,
      name: RasterGroup.split(raster.files[0].name).stem, item: RasterItem(lowPS: 0, highPS: 0))
    if !georeference.spatialReference.isSame(as: reference) {
      guard let projected = try? native.projected(from: georeference.spatialReference, to: reference) else {
        return nil
      }
      place.footprint = projected
      place.pixelSizeX = projected.width / columns
      place.pixelSizeY = projected.height / rows
    }
    place.item.lowPS = min(place.pixelSizeX, place.pixelSizeY)
    // Overviews round their last column and row up, so that the factor is whole but for that.
    let factor = max((columns / Double(coarsest.width)).rounded(), (rows / Double(coarsest.height)).rounded())
    place.item.highPS = max(place.pixelSizeX, place.pixelSizeY) * factor
    for (field, value) in attributes[raster.files[0].name] ?? [:] { place.set(field, to: value) }
    return place
  }
}

extension RasterRecord.Place {
  /// Sets what the owner says; a standard field in place of what is measured, any other as an attribute.
  fileprivate mutating func set(_ field: String, to value: FieldValue) {
    switch (field, value) {
    case ("Name", .string(let text)): name = text
    case ("Tag", .string(let text)): item.tag = text
    case ("GroupName", .string(let text)): item.groupName = text
    case ("ProductName", .string(let text)): item.productName = text
    case ("MinPS", .double(let size)): item.minPS = size
    case ("MaxPS", .double(let size)): item.maxPS = size
    case ("LowPS", .double(let size)): item.lowPS = size
    case ("HighPS", .double(let size)): item.highPS = size
    case ("Category", .integer(let number)): item.category = Int(number)
    case ("ZOrder", .integer(let number)): item.zOrder = Int(number)
    default: item.attributes[field] = value
    }
  }
}
