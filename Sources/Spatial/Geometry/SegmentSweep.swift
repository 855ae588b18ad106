/// Counts where the segments of lines meet, so that nobody has to cut them who can't afford it: a hundred thousand
/// segments drawn at random cross each other a billion times.
enum SegmentSweep {
  /// Pairs of segments that are looked at before the lines count as a tangle: a fifth of a second.
  private static let mostPairs = 50_000_000
  /// Crossings that lines may have.
  private static let mostCrossings = 10_000

  private struct Segment {
    let start: Point
    let end: Point
    let xmin: Double
    let xmax: Double
    let ymin: Double
    let ymax: Double

    init(_ start: Point, _ end: Point) {
      self.start = start
      self.end = end
      xmin = min(start.x, end.x)
      xmax = max(start.x, end.x)
      ymin = min(start.y, end.y)
      ymax = max(start.y, end.y)
    }

    /// Whether two segments meet; those that follow each other share an end, which does not count.
    func meets(_ other: Segment) -> Bool {
      guard ymin <= other.ymax, other.ymin <= ymax, start != other.start, start != other.end, end != other.start,
        end != other.end
      else { return false }
      return side(other.start) * side(other.end) <= 0 && other.side(start) * other.side(end) <= 0
    }

    /// On which side of the line a point lies: -1, 0 or 1.
    private func side(_ point: Point) -> Double {
      let area = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
      return area > 0 ? 1 : area < 0 ? -1 : 0
    }
  }

  /// How often lines meet themselves and each other; `nil` when that is too often for them to be cut where they do.
  static func crossings(of paths: [[Point]]) -> Int? {
    let segments = paths.flatMap { path in zip(path, path.dropFirst()).map { Segment($0, $1) } }
      .sorted { $0.xmin < $1.xmin }
    var active: [Segment] = []
    var pairs = 0
    var crossings = 0
    for segment in segments {
      active.removeAll { $0.xmax < segment.xmin }
      pairs += active.count
      guard pairs <= mostPairs else { return nil }
      for other in active where segment.meets(other) {
        crossings += 1
        guard crossings <= mostCrossings else { return nil }
      }
      active.append(segment)
    }
    return crossings
  }
}
