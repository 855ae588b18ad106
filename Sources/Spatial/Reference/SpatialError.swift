/// Why a spatial reference, a projection or a transformation can't be had.
public enum SpatialError: Error, Sendable, Hashable {
  /// The code or text names no spatial reference of maps, or no transformation; the text says which and why, in one sentence.
  case unknown(String)
  /// A transformation is known, but can't be carried out here; the text says why, in one sentence.
  case unusable(String)
  /// There is no way from one spatial reference to the other.
  case noTransformation(from: String, to: String)
  /// No point of an envelope has a place in the target spatial reference.
  case outsideDomain
  /// A geometry would cost more than it may: its lines cross each other too often, or it has too many vertices.
  case tooIntricate

  /// The reason, in one sentence.
  public var reason: String {
    switch self {
    case .unknown(let text), .unusable(let text): text
    case .noTransformation(let source, let target): "There is no transformation from \(source) to \(target)."
    case .outsideDomain: "The extent lies outside of the area that the spatial reference can show."
    case .tooIntricate: "The geometry crosses itself too often, or has too many vertices for this relation."
    }
  }
}
