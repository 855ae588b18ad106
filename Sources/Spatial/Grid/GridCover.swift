/// The part of a pixel grid that an area covers.
public enum GridCover: Sendable {
  /// The area and the grid have nothing in common.
  case nothing
  /// The grid lies wholly within the area.
  case all
  /// The pixels that the area touches by its envelope, and which of them have their centres within it; all of them where
  /// the area is an envelope.
  case part(columns: Range<Int>, rows: Range<Int>, mask: PolygonMask?)
}

extension PixelGrid {
  /// The part of the grid that an envelope or a polygon covers. Points and lines cover nothing.
  /// - Parameter reference: the spatial reference of the area.
  /// - Throws: `SpatialError` where there is no way between the references, the area has no place in the grid's, or its
  ///   edges cross each other too often.
  public func cover(of area: Geometry, in reference: SpatialReference) throws(SpatialError) -> GridCover {
    guard let here = try piece(of: area, from: reference), here.envelope.overlaps(envelope) else { return .nothing }
    let box = here.envelope
    guard case .polygon(let rings) = here, !area.isEnvelope else {
      return box.contains(envelope) ? .all : part(box, mask: nil)
    }
    if box.contains(envelope), try GeometryRelation(of: here, .contains).holds(for: .envelope(envelope)) { return .all }
    return part(box, mask: PolygonMask(rings, on: self))
  }

  /// The area in the grid's own reference, as far as it is of concern to the grid: the far parts of a large one may have
  /// no place there.
  private func piece(of area: Geometry, from reference: SpatialReference) throws(SpatialError) -> Geometry? {
    guard !reference.isSame(as: spatialReference) else { return area.isArea ? area : nil }
    let there: Envelope
    do throws(SpatialError) {
      there = try envelope.projected(from: spatialReference, to: reference)
    } catch .outsideDomain {
      // Nothing of the grid has a place where the area is.
      return nil
    }
    let margin = 0.05 * max(there.width, there.height)
    let box = Envelope(
      xmin: there.xmin - margin, ymin: there.ymin - margin, xmax: there.xmax + margin, ymax: there.ymax + margin)
    guard let near = area.clipped(to: box) else { return nil }
    guard
      let here = try near.projected(
        from: reference, to: spatialReference, tolerance: min(pixelWidth, pixelHeight) / 1000)
    else { throw .outsideDomain }
    return here
  }

  private func part(_ box: Envelope, mask: PolygonMask?) -> GridCover {
    // An edge that misses the edge of a pixel by rounding does not touch the pixel.
    let slack = 1e-6
    let left = max(0, column(atX: box.xmin) + slack).rounded(.down)
    let right = min(Double(width), column(atX: box.xmax) - slack).rounded(.up)
    let top = max(0, row(atY: box.ymax) + slack).rounded(.down)
    let bottom = min(Double(height), row(atY: box.ymin) - slack).rounded(.up)
    guard left < right, top < bottom else { return .nothing }
    return .part(columns: Int(left)..<Int(right), rows: Int(top)..<Int(bottom), mask: mask)
  }
}

extension Geometry {
  fileprivate var isEnvelope: Bool { if case .envelope = self { true } else { false } }
  fileprivate var isArea: Bool {
    switch self {
    case .polygon, .envelope: true
    case .point, .multipoint, .polyline: false
    }
  }
}
