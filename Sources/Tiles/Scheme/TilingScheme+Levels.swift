import Glibc

extension TilingScheme {
  /// The levels up to one, without gaps, which readers that go by a level's rank in the list need (tile packages, 9 and 12).
  ///
  /// A level that is missing between two has what lies evenly between theirs; before the first each is twice as coarse as
  /// the one after it.
  /// - Parameters:
  ///   - first: the number to begin with; the first level's own where that is lower.
  ///   - last: the number to end with at the latest.
  func gaplessLevels(from first: Int, through last: Int) -> [LevelOfDetail] {
    var result: [LevelOfDetail] = []
    for level in levels where level.level <= last {
      let start = result.last.map { $0.level + 1 } ?? min(first, level.level)
      // Numbers that far apart are no levels of one pyramid.
      guard level.level - start <= 64 else { return levels.filter { $0.level <= last } }
      let step: Double =
        if let before = result.last {
          pow(before.resolution / level.resolution, 1 / Double(level.level - before.level))
        } else {
          2
        }
      for number in start..<level.level {
        let factor = pow(step, Double(level.level - number))
        result.append(
          LevelOfDetail(level: number, resolution: level.resolution * factor, scale: level.scale * factor))
      }
      result.append(level)
    }
    return result
  }
}
