import Catalog
import Spatial

/// Which footprints lie to a geometry as a `query` asks for.
///
/// The relation is worked out in the service's spatial reference, and where the geometry has no place there in one piece
/// (it goes around a pole, or over the antimeridian) in its own.
struct FootprintFilter {
  /// Footprints that have no point in common with this envelope, in the reference of the service, don't count; `nil` where
  /// those count too.
  let envelope: Envelope?
  private let geometry: Geometry
  private let relation: SpatialRelation
  /// Where the relation is worked out, if not in the service's own reference.
  private let elsewhere: (service: SpatialReference, own: SpatialReference)?

  /// The filter of a request; `nil` when it asks for no place.
  init?(_ call: Call, of service: ImageService) throws(ArcGISError) {
    guard let unread = call[QueryParameters.geometry] else { return nil }
    let sent: SentGeometry
    do {
      sent = try SentGeometry(unread, as: try call.value(QueryParameters.geometryType))
    } catch let problem as SentGeometry.Problem {
      throw .invalid("geometry", expected: problem.expected)
    } catch let error as ArcGISError {
      throw error
    } catch {
      throw .invalid("geometry")
    }
    guard let relation = try call.value(QueryParameters.spatialRel).relation(call[QueryParameters.relationParam]) else {
      throw .invalid("relationParam", expected: QueryParameters.relationParam.expected)
    }
    self.relation = relation
    let own = sent.spatialReference ?? call[QueryParameters.inSR] ?? service.spatialReference
    let reference = service.spatialReference
    do {
      let placed = try sent.geometry.projected(from: own, to: reference)
      geometry = placed ?? sent.geometry
      elsewhere = placed == nil ? (reference, own) : nil
      envelope =
        relation.holdsApart
        ? nil : try placed?.envelope ?? sent.geometry.envelope.projected(from: own, to: reference)
    } catch {
      throw .invalid("geometry", expected: "a geometry that has a place in the spatial reference of the service")
    }
  }

  /// The rasters whose footprints lie as asked.
  /// - Throws: `ArcGISError` for a geometry that costs more than it may.
  func filter(_ rasters: [CatalogRaster], isCancelled: () -> Bool) throws(ArcGISError) -> [CatalogRaster] {
    // All candidates share a point with the envelope already.
    if case .envelope = geometry, relation == .intersects, elsewhere == nil { return rasters }
    do {
      let test = try GeometryRelation(of: geometry, relation)
      var found: [CatalogRaster] = []
      for raster in rasters where !isCancelled() {
        if try test.holds(for: footprint(of: raster)) { found.append(raster) }
      }
      return found
    } catch {
      throw .invalid("geometry", expected: "a simpler geometry: \(error.reason)")
    }
  }

  private func footprint(of raster: CatalogRaster) -> Geometry {
    let footprint = Geometry.envelope(raster.footprint)
    guard let elsewhere else { return footprint }
    if let placed = try? footprint.projected(from: elsewhere.service, to: elsewhere.own, pieces: 64) { return placed }
    // Torn there too: what it covers at most.
    let around = try? raster.footprint.projected(from: elsewhere.service, to: elsewhere.own)
    return .envelope(around ?? raster.footprint)
  }
}
