/// How a geometry that is asked with lies to one that is asked for (REST API 1.10, `spatialRel`).
public enum SpatialRelation: Hashable, Sendable {
  /// They share a point.
  case intersects
  /// The geometry that is asked with holds the other one.
  case contains
  /// The geometry that is asked with lies within the other one.
  case within
  /// They share a part of less dimension than the larger of them, and not all.
  case crosses
  /// They share a part of their own dimension, and not all.
  case overlaps
  /// They share points of their boundaries only.
  case touches
  /// Their envelopes share a point.
  case envelopesIntersect
  /// What a DE-9IM pattern says of the geometry that is asked with and the other one.
  case pattern(RelationPattern)

  /// Whether geometries that share no point can stand in the relation.
  public var holdsApart: Bool {
    if case .pattern(let pattern) = self { pattern.holdsApart } else { false }
  }
}

/// A pattern of the dimensionally extended nine-intersection model: interior, boundary and exterior of one geometry
/// against those of another, row by row.
public struct RelationPattern: Hashable, Sendable {
  /// Nine of `T`, `F`, `*`, `0`, `1` and `2`.
  public let text: String

  /// A pattern from its nine letters, whatever their case; `nil` for anything else.
  public init?(_ text: String) {
    let letters = text.uppercased()
    guard letters.utf8.count == 9, letters.allSatisfy("TF*012".contains) else { return nil }
    self.text = letters
  }

  /// Whether it does not ask for a common point: interiors and boundaries, the first two of the first two rows.
  var holdsApart: Bool {
    let letters = Array(text)
    return [0, 1, 3, 4].allSatisfy { letters[$0] == "F" || letters[$0] == "*" }
  }
}
