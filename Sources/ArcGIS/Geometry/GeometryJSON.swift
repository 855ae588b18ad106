import JSONValue
import Spatial
import Worlds

extension Geometry {
  /// A polygon as a list of rings, as answers have it; `nil` for other geometries.
  /// - Parameters:
  ///   - clockwise: how outer rings run: true in Esri's JSON, false in GeoJSON. All rings are taken for outer ones.
  ///   - digits: decimal places; `nil` keeps all.
  func rings(clockwise: Bool, digits: Int? = nil) -> JSON? {
    let rings: [[Point]]
    switch self {
    case .polygon(let own): rings = own
    case .envelope(let envelope): rings = [envelope.ring]
    case .point, .multipoint, .polyline: return nil
    }
    return .array(
      rings.map { ring in
        let directed = (Self.area(of: ring) < 0) == clockwise ? ring : ring.reversed()
        return .array(directed.map { [.double($0.x.rounded(to: digits)), .double($0.y.rounded(to: digits))] })
      })
  }

  /// Twice the area within a ring; below 0 where it runs clockwise.
  private static func area(of ring: [Point]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
      // About the first point, so that the digits of large coordinates don't cancel.
      sum + (edge.0.x - ring[0].x) * (edge.1.y - ring[0].y) - (edge.1.x - ring[0].x) * (edge.0.y - ring[0].y)
    }
  }
}

extension Double {
  /// The number with so many decimal places; as it is without a count, and where it has no more anyway.
  func rounded(to digits: Int?) -> Double {
    guard let digits else { return self }
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let scaled = (self * scale).rounded() / scale
    return scaled.isFinite ? scaled : self
  }
}
