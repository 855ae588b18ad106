import Catalog
import JSONValue
import Spatial
import Worlds

/// How answers write footprints: in which spatial reference, how exactly.
struct FootprintShape {
  /// The reference of the service.
  let source: SpatialReference
  /// The reference of the answer.
  let target: SpatialReference
  /// How far edges may lie from the true curve; `nil` for a ten-thousandth of a footprint.
  var tolerance: Double?
  /// Decimal places; `nil` for all.
  var digits: Int?

  /// The footprint in the reference of the answer; `nil` where it has no place there. One that a seam of the reference
  /// tears is the envelope of its parts.
  func geometry(of raster: CatalogRaster) -> Geometry? {
    let footprint = Geometry.envelope(raster.footprint)
    guard !source.isSame(as: target) else { return footprint }
    if let placed = try? footprint.projected(from: source, to: target, pieces: 64, tolerance: tolerance) {
      return placed
    }
    guard let around = try? raster.footprint.projected(from: source, to: target), around.isFinite else { return nil }
    return .envelope(around)
  }

  /// The footprint as Esri's JSON; null where it has no place.
  /// - Parameter version: with a spatial reference, as this release writes it; without one for `nil`.
  func json(of raster: CatalogRaster, for version: ServerVersion? = nil) -> JSON {
    guard let rings = geometry(of: raster)?.rings(clockwise: true, digits: digits) else { return .null }
    var members: JSONObject = ["rings": rings]
    if let version { members["spatialReference"] = target.json(for: version) }
    return .object(members)
  }

  /// The footprint as GeoJSON; null where it has no place.
  func geoJSON(of raster: CatalogRaster) -> JSON {
    guard let rings = geometry(of: raster)?.rings(clockwise: false, digits: digits) else { return .null }
    return ["type": "Polygon", "coordinates": rings]
  }
}
