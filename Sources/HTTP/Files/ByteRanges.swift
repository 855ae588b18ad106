/// The ranges of a `Range` field applied to a representation (RFC 9110 14).
enum ByteRanges: Equatable {
  /// No usable `Range`: the whole is sent.
  case whole
  case parts([Range<Int>])
  /// None of the ranges meets the representation.
  case unsatisfiable

  /// More ranges than a reader of tiles or archives asks for are a way to make a server send much for little.
  static let maximumCount = 64

  /// - Parameters:
  ///   - field: the value of `Range`.
  ///   - count: the length of the representation.
  init(_ field: String, count: Int) {
    let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].equalsIgnoringCase("bytes") else {
      self = .whole
      return
    }
    var parts: [Range<Int>] = []
    var specs = 0
    for member in halves[1].split(separator: ",") {
      let text = member.trimmingBlanks()
      if text.isEmpty { continue }
      specs += 1
      guard specs <= ByteRanges.maximumCount, let range = ByteRanges.range(text, count) else {
        self = .whole
        return
      }
      if !range.isEmpty { parts.append(range) }
    }
    let total = parts.reduce(0) { $0 + $1.count }
    if specs == 0 || parts.count > 1 && total > count {
      self = .whole
    } else {
      self = parts.isEmpty ? .unsatisfiable : .parts(parts)
    }
  }

  /// One `first-last`, `first-` or `-suffix`; empty when it lies outside, nil when it is malformed.
  private static func range(_ text: String, _ count: Int) -> Range<Int>? {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    if ends[0].isEmpty {
      guard let suffix = number(ends[1]) else { return nil }
      return count - min(suffix, count)..<count
    }
    guard let first = number(ends[0]) else { return nil }
    if ends[1].isEmpty { return min(first, count)..<count }
    guard let last = number(ends[1]), last >= first else { return nil }
    return first < count ? first..<min(last, count - 1) + 1 : 0..<0
  }

  /// A number of digits; one too large to count stands for the largest.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
    return Int(text) ?? Int.max
  }
}
