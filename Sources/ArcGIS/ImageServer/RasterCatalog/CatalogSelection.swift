import Catalog
import Spatial

/// The rasters that a `query` asks for (REST API 1.10).
struct CatalogSelection {
  /// What is asked for, by object id.
  let rasters: [CatalogRaster]

  /// Finds rasters.
  /// - Throws: `CatalogError`, and `ArcGISError` for parameters that can't be followed.
  init(_ call: Call, of service: ImageService) throws {
    if let ids = call[QueryParameters.objectIds] {
      // All other filters are passed over (REST API 1.10).
      rasters = try call.site.catalog.rasters(of: service, RasterQuery(objectIds: ids.map(Int64.init)))
      return
    }
    var query = RasterQuery(
      countsEdges: true, condition: try Self.condition(call, service), cellSize: try Self.cellSize(call, service),
      time: call[RequestedTime.parameter])
    guard let place = try FootprintFilter(call, of: service) else {
      rasters = try Self.rasters(of: service, query, call)
      return
    }
    query.envelope = place.envelope
    rasters = try place.filter(try Self.rasters(of: service, query, call), isCancelled: call.isCancelled)
  }

  private static func rasters(of service: ImageService, _ query: RasterQuery, _ call: Call) throws -> [CatalogRaster] {
    do {
      return try call.site.catalog.rasters(of: service, query)
    } catch CatalogError.condition(let reason) {
      throw ArcGISError.unableToQuery("where: \(reason)")
    }
  }

  private static func condition(_ call: Call, _ service: ImageService) throws(ArcGISError) -> WhereClause? {
    guard let text = call[QueryParameters.condition] else { return nil }
    do {
      return try WhereClause(parsing: text, fields: service.fields)
    } catch {
      throw .unableToQuery("where: \(error.reason), at byte \(error.position)")
    }
  }

  /// The pixel size in units of the service; one in another reference is taken in the middle of the service's extent.
  private static func cellSize(_ call: Call, _ service: ImageService) throws(ArcGISError) -> Double? {
    guard let sent = call[QueryParameters.pixelSize] else { return nil }
    guard let reference = sent.spatialReference, !reference.isSame(as: service.spatialReference) else {
      return max(sent.x, sent.y)
    }
    guard
      let center = try? Transformation.between(service.spatialReference, reference).transform(service.extent.center),
      let pixel = try? Envelope(
        xmin: center.x - sent.x / 2, ymin: center.y - sent.y / 2, xmax: center.x + sent.x / 2,
        ymax: center.y + sent.y / 2
      ).projected(from: reference, to: service.spatialReference)
    else {
      throw .invalid("pixelSize", expected: "a size in a spatial reference that shows the extent of the service")
    }
    return max(pixel.width, pixel.height)
  }
}
