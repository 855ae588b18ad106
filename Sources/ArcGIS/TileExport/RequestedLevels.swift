import Spatial
import Tiles

/// Which levels an export is asked for: numbers, and ranges of them, that mean levels, scales or resolutions (REST API 1.25).
struct RequestedLevels: Sendable, Equatable {
  /// What the numbers mean.
  enum Meaning: String, CaseIterable, Sendable {
    case levelID = "LevelID"
    case resolution = "Resolution"
    case scale = "Scale"
  }

  /// From one number to another, which are the same where one is given.
  struct Part: Sendable, Equatable {
    var first: Double
    var last: Double
  }

  /// The parts in their order.
  let parts: [Part]

  /// How far numbers of scales and resolutions may be from those of the scheme, as a share.
  private static let tolerance = 1e-3
  private static let mostParts = 1000

  /// Reads `1,2,3`, `0-7`, `1-4, 7-9`. `nil` for anything else.
  init?(_ text: String) {
    let pieces = text.split(separator: ",", maxSplits: Self.mostParts, omittingEmptySubsequences: false)
    guard pieces.count <= Self.mostParts else { return nil }
    var parts: [Part] = []
    for piece in pieces {
      let ends = Self.ends(of: piece)
      guard ends.count <= 2, let first = ends.first.flatMap(finiteNumber), let last = ends.last.flatMap(finiteNumber),
        first >= 0, last >= 0
      else { return nil }
      parts.append(Part(first: first, last: last))
    }
    self.parts = parts
  }

  /// The numbers on both sides of a dash, but for one that belongs to an exponent.
  private static func ends(of piece: Substring) -> [Substring] {
    var before: Character = "e"
    for index in piece.indices {
      if piece[index] == "-", !"eE".contains(before), before != "-" {
        return [piece[..<index], piece[piece.index(after: index)...]]
      }
      if piece[index] != " " { before = piece[index] }
    }
    return [piece]
  }

  /// The levels of a scheme that are meant, in rising order.
  /// - Parameter among: the levels that have tiles.
  /// - Throws: `Problem` for a number that is none of theirs, and a range that runs backwards.
  func resolve(as meaning: Meaning, in scheme: TilingScheme, among levels: ClosedRange<Int>) throws(Problem) -> [Int] {
    let offered = scheme.levels.filter { levels.contains($0.level) }
    var found: Set<Int> = []
    for part in parts {
      let meant = try Self.levels(part, meaning, offered)
      guard !meant.isEmpty else { throw Problem(part: part, meaning: meaning, isReversed: false) }
      found.formUnion(meant)
    }
    return found.sorted()
  }

  private static func levels(_ part: Part, _ meaning: Meaning, _ offered: [LevelOfDetail]) throws(Problem) -> [Int] {
    switch meaning {
    case .levelID:
      guard part.first <= part.last else { throw Problem(part: part, meaning: meaning, isReversed: true) }
      // Both ends have to be there; in between a scheme may leave numbers out.
      let numbers = offered.map { Double($0.level) }
      guard numbers.contains(part.first), numbers.contains(part.last) else { return [] }
      return offered.map(\.level).filter { Double($0) >= part.first && Double($0) <= part.last }
    case .resolution, .scale:
      // From coarse to fine, as levels go, or the other way.
      let (low, high) = (min(part.first, part.last), max(part.first, part.last))
      return offered.filter { level in
        let value = meaning == .scale ? level.scale : level.resolution
        return value >= low * (1 - tolerance) && value <= high * (1 + tolerance)
      }.map(\.level)
    }
  }

  /// Why levels can't be exported.
  struct Problem: Error, Equatable {
    let part: Part
    let meaning: Meaning
    let isReversed: Bool

    /// The reason for people.
    var reason: String {
      let text = { (number: Double) in Int(exactly: number).map(String.init) ?? "\(number)" }
      let numbers = part.first == part.last ? text(part.first) : "\(text(part.first))-\(text(part.last))"
      return isReversed
        ? "\(numbers) runs from a finer level to a coarser one"
        : "\(numbers) (\(meaning.rawValue)) is no level of the service's tiling scheme that has tiles"
    }
  }
}

extension ParameterType where Value == RequestedLevels {
  /// Levels as numbers and ranges.
  static let levels = ParameterType("levels such as 1,2,3 or 0-7 or 1-4,7-9") { RequestedLevels($0) }
}
