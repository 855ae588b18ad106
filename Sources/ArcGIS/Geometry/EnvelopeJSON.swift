import JSONValue
import Spatial
import Worlds

extension Envelope {
  /// The envelope as answers of the given release write it.
  func json(in reference: SpatialReference, for version: ServerVersion) -> JSON {
    [
      "xmin": .double(xmin), "ymin": .double(ymin), "xmax": .double(xmax), "ymax": .double(ymax),
      "spatialReference": reference.json(for: version),
    ]
  }
}

/// An envelope as a client sends it, perhaps with its own spatial reference.
struct SentEnvelope: Sendable {
  /// Its edges, each axis in order: real clients send reversed ones and mean the same.
  let envelope: Envelope
  /// What the JSON form says; `nil` in the simple form.
  let spatialReference: SpatialReference?

  /// An envelope that the server itself sends.
  init(_ envelope: Envelope, in reference: SpatialReference) {
    self.envelope = envelope
    spatialReference = reference
  }

  /// Reads `xmin,ymin,xmax,ymax` or the JSON form. `nil` for anything else, for an envelope without an area, and for a
  /// spatial reference that is not known.
  init?(_ text: String) {
    let edges: [Double]
    if text.hasPrefix("{") {
      guard let object = (try? JSON(parsing: text))?.object else { return nil }
      edges = ["xmin", "ymin", "xmax", "ymax"].compactMap { object[anyCase: $0]?.number }
      if let sent = object[anyCase: "spatialReference"], !sent.isNull {
        guard let reference = SpatialReference.read(sent) else { return nil }
        spatialReference = reference
      } else {
        spatialReference = nil
      }
    } else {
      edges = numberList(text, count: 4...4) ?? []
      spatialReference = nil
    }
    guard edges.count == 4, edges.allSatisfy({ $0.isFinite && abs($0) < 1e15 }) else { return nil }
    envelope = Envelope(
      xmin: min(edges[0], edges[2]), ymin: min(edges[1], edges[3]), xmax: max(edges[0], edges[2]),
      ymax: max(edges[1], edges[3]))
    guard envelope.width > 0, envelope.height > 0 else { return nil }
  }
}

extension ParameterType where Value == SentEnvelope {
  /// An envelope in the simple or the JSON form.
  static let envelope = ParameterType(
    "xmin,ymin,xmax,ymax (finite numbers, an area above 0), or an envelope as JSON"
  ) { SentEnvelope($0) }
}
