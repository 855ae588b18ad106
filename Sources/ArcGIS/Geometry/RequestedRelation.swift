import Spatial

/// The values of `spatialRel` (REST API 1.10).
enum RequestedRelation: String, CaseIterable, Sendable {
  case intersects = "esriSpatialRelIntersects"
  case contains = "esriSpatialRelContains"
  case crosses = "esriSpatialRelCrosses"
  case envelopeIntersects = "esriSpatialRelEnvelopeIntersects"
  case indexIntersects = "esriSpatialRelIndexIntersects"
  case overlaps = "esriSpatialRelOverlaps"
  case touches = "esriSpatialRelTouches"
  case within = "esriSpatialRelWithin"
  case relation = "esriSpatialRelRelation"

  /// The relation; `nil` for `esriSpatialRelRelation` without a pattern. Both envelopes and the index know footprints by
  /// their envelopes alone.
  func relation(_ pattern: RelationPattern?) -> SpatialRelation? {
    switch self {
    case .intersects: .intersects
    case .contains: .contains
    case .crosses: .crosses
    case .envelopeIntersects, .indexIntersects: .envelopesIntersect
    case .overlaps: .overlaps
    case .touches: .touches
    case .within: .within
    case .relation: pattern.map { .pattern($0) }
    }
  }
}

extension ParameterType where Value == RelationPattern {
  /// The value of `relationParam`.
  static let relationPattern = ParameterType("nine of T, F, *, 0, 1 and 2, such as T*T***T**") { RelationPattern($0) }
}
