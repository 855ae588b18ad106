/// The way between datums that a client chose in place of PROJ's own choice: geographic transformations, one after the
/// other.
///
/// It is used between two references where an unbroken run of its steps leads from the datum of one to the datum of the
/// other, in whichever direction that is, and is without effect elsewhere.
public struct DatumTransformation: Hashable, Sendable {
  /// Steps that a transformation may have: each needs objects of PROJ in every thread.
  public static let mostSteps = 8

  /// One geographic transformation.
  public struct Step: Hashable, Sendable {
    let definition: Definition
    /// Whether points go from the transformation's source to its target.
    let isForward: Bool

    /// A geographic transformation by its code, EPSG's or Esri's own.
    /// - Throws: `SpatialError.unknown` for a code that is none of a transformation between datums,
    ///   `SpatialError.unusable` for one that PROJ can't carry out, most often for want of a grid.
    public init(wkid: Int, isForward: Bool = true) throws(SpatialError) {
      definition = try ReferenceCache.shared.step(for: .code(wkid))
      self.isForward = isForward
    }

    /// A geographic transformation that a text defines: `GEOGTRAN` of Esri's, or a coordinate operation of WKT 2.
    /// - Throws: as above, and `SpatialError.unknown` for a text longer than 32 KiB.
    public init(wkt: String, isForward: Bool = true) throws(SpatialError) {
      guard wkt.utf8.count <= SpatialReference.longestText else {
        throw .unknown("The text of the transformation is longer than \(SpatialReference.longestText) bytes.")
      }
      definition = try ReferenceCache.shared.step(for: .text(wkt))
      self.isForward = isForward
    }
  }

  /// How PROJ is asked for a step.
  enum Definition: Hashable, Sendable {
    /// A code of an authority.
    case code(authority: String, Int)
    /// WKT 2.
    case text(String)
  }

  /// What a transformation does between two references.
  public enum Effect: Sendable, Hashable {
    /// Nothing: both have the same datum.
    case needless
    /// It leads from one datum to the other.
    case used
    /// Nothing: it leads elsewhere, and PROJ's own choice stands.
    case unrelated
  }

  let steps: [Step]

  /// A transformation from its steps.
  /// - Throws: `SpatialError.unknown` for no step at all, and for more than `mostSteps`.
  public init(_ steps: [Step]) throws(SpatialError) {
    guard !steps.isEmpty, steps.count <= Self.mostSteps else {
      throw .unknown("A datum transformation has 1 to \(Self.mostSteps) steps.")
    }
    self.steps = steps
  }

  /// What it does on the way between two references.
  /// - Throws: `SpatialError.noTransformation` where there is no way.
  public func effect(
    from source: SpatialReference, to target: SpatialReference
  ) throws(SpatialError) -> Effect {
    try Transformation.between(source, target, by: self).datumEffect
  }
}
