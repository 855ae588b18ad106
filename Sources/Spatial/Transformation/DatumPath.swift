import CPROJ

/// The way between two references along a datum transformation: into the transformation's own source, through its steps,
/// and from its target on.
enum DatumPath {
  /// What a datum transformation comes to between two systems.
  enum Finding {
    /// Both have the same datum.
    case needless
    /// No run of steps leads from one datum to the other.
    case unrelated
    /// What to do, one after the other.
    case legs([Transformation.Leg])
  }

  /// Looks for a run of steps that leads from the datum of one system to that of another; the longest one counts.
  /// - Throws: `SpatialError.noTransformation` if PROJ can't make one of the legs.
  static func find(
    _ transformation: DatumTransformation, from source: borrowing PROJObject, to target: borrowing PROJObject,
    in context: PROJContext, impossible: SpatialError
  ) throws(SpatialError) -> Finding {
    guard let start = source.datum(), let end = target.datum() else { return .unrelated }
    if start.isEquivalent(toDatum: end) { return .needless }
    let count = transformation.steps.count
    for length in stride(from: count, through: 1, by: -1) {
      for first in 0...(count - length) {
        let run = transformation.steps[first..<first + length]
        for way in [Array(run), run.reversed().map(\.reversed)]
        where connects(way, from: start, to: end, in: context) {
          return .legs(try legs(way, from: source, to: target, in: context, impossible: impossible))
        }
      }
    }
    return .unrelated
  }

  /// Whether each step begins at the datum where the one before ended.
  private static func connects(
    _ steps: [DatumTransformation.Step], from start: borrowing PROJObject, to end: borrowing PROJObject,
    in context: PROJContext
  ) -> Bool {
    for index in 0...steps.count {
      if index == 0 {
        guard let next = steps[0].end(atStart: true, in: context)?.datum(), start.isEquivalent(toDatum: next) else {
          return false
        }
      } else if index == steps.count {
        guard let last = steps[index - 1].end(atStart: false, in: context)?.datum(), last.isEquivalent(toDatum: end)
        else { return false }
      } else {
        guard let last = steps[index - 1].end(atStart: false, in: context)?.datum(),
          let next = steps[index].end(atStart: true, in: context)?.datum(), last.isEquivalent(toDatum: next)
        else { return false }
      }
    }
    return true
  }

  private static func legs(
    _ steps: [DatumTransformation.Step], from source: borrowing PROJObject, to target: borrowing PROJObject,
    in context: PROJContext, impossible: SpatialError
  ) throws(SpatialError) -> [Transformation.Leg] {
    var legs: [Transformation.Leg] = []
    for (index, step) in steps.enumerated() {
      guard let operation = PROJObject(step.definition, in: context),
        let start = step.end(atStart: true, in: context),
        let leg = Transformation.Leg(operation, isForward: step.isForward, in: context)
      else { throw impossible }
      // Between references of one datum: a projection, the unit, the zero of longitudes.
      let before: Transformation.Leg?
      if index == 0 {
        before = Transformation.Leg(from: source, to: start, in: context)
      } else {
        guard let last = steps[index - 1].end(atStart: false, in: context) else { throw impossible }
        before = Transformation.Leg(from: last, to: start, in: context)
      }
      guard let before else { throw impossible }
      legs += [before, leg]
    }
    guard let last = steps.last?.end(atStart: false, in: context),
      let after = Transformation.Leg(from: last, to: target, in: context)
    else { throw impossible }
    return legs + [after]
  }
}

extension DatumTransformation.Step {
  /// The same step the other way round.
  fileprivate var reversed: DatumTransformation.Step {
    DatumTransformation.Step(definition: definition, isForward: !isForward)
  }

  fileprivate init(definition: DatumTransformation.Definition, isForward: Bool) {
    self.definition = definition
    self.isForward = isForward
  }

  /// The system at which the step begins or ends.
  fileprivate func end(atStart: Bool, in context: PROJContext) -> PROJObject? {
    guard let operation = PROJObject(definition, in: context) else { return nil }
    return atStart == isForward ? operation.source() : operation.target()
  }
}
