import Spatial
import Tiles

/// The tiles of a service that an export is asked for: its extent, or polygons, brought to the spatial reference of the
/// tiles.
struct ExportArea {
  /// Why there are no tiles to export.
  struct Problem: Error {
    let reason: String
  }

  /// The tiles.
  let coverage: TileCoverage
  /// The part of the service's extent that is exported, in the spatial reference of the tiles.
  let extent: Envelope

  /// - Parameters:
  ///   - area: polygons, which go before the extent.
  ///   - full: where the service has tiles, in the spatial reference of the tiles.
  ///   - reference: the spatial reference of the service, which is meant where a request tells none.
  init(
    extent requested: RequestedExtent, area: RequestedArea?, full: Envelope, scheme: TilingScheme,
    reference: SpatialReference
  ) throws(Problem) {
    // Without a spatial reference that of the service is meant, but where the numbers can be no degrees.
    func meant(_ box: Envelope) -> SpatialReference {
      reference.isGeographic && !Self.degrees.contains(box) ? scheme.spatialReference : reference
    }
    if let area {
      var polygons: [[[Point]]] = []
      for polygon in area.polygons {
        let from = polygon.spatialReference ?? meant(Envelope(around: polygon.rings.joined()))
        guard let place = Self.place(polygon.rings, from: from, to: scheme.spatialReference),
          case .polygon(let rings) = place
        else { throw Problem(reason: "the area of interest has no place in the tiling scheme") }
        polygons.append(rings)
      }
      guard let inside = Envelope(around: polygons.joined().joined()).intersection(full) else { throw Self.outside }
      coverage = TileCoverage(scheme: scheme, extent: full, polygons: polygons)
      extent = inside
    } else if case .box(let box) = requested {
      let from = box.spatialReference ?? meant(box.envelope)
      guard let place = try? box.envelope.projected(from: from, to: scheme.spatialReference),
        let inside = place.intersection(full)
      else { throw Self.outside }
      coverage = TileCoverage(scheme: scheme, extent: inside)
      extent = inside
    } else {
      coverage = TileCoverage(scheme: scheme, extent: full)
      extent = full
    }
  }

  /// Numbers that can be longitudes and latitudes.
  private static let degrees = Envelope(xmin: -540, ymin: -90, xmax: 540, ymax: 90)

  private static let outside = Problem(reason: "the area to export lies outside of the service's extent")

  /// A polygon in the spatial reference of the tiles; `nil` where it has no place there.
  private static func place(_ rings: [[Point]], from: SpatialReference, to: SpatialReference) -> Geometry? {
    if let place = (try? Geometry.polygon(rings).projected(from: from, to: to)) ?? nil { return place }
    guard from.isSame(as: .wgs84), to.isSame(as: .webMercator) else { return nil }
    // One around the whole Earth ends where the map does.
    let held = rings.map { ring in
      ring.map { Point(x: min(180, max(-180, $0.x)), y: min(mapEnd, max(-mapEnd, $0.y))) }
    }
    return (try? Geometry.polygon(held).projected(from: from, to: to)) ?? nil
  }

  /// The latitude where the square of Web Mercator ends.
  private static let mapEnd = 85.051128779806604
}
