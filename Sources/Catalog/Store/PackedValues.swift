import Datasets

/// Lists that stand in one column: they are only ever read whole.
enum PackedValues {
  /// Numbers with `,` between them, nothing for `nil`; Swift's text of a Double reads back as the same Double.
  static func text(_ values: [Double?]) -> String { values.map { $0.map(\.description) ?? "" }.joined(separator: ",") }

  /// Reads what `text` wrote.
  static func numbers(_ text: String) -> [Double?] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
  }

  /// Levels as `width,height,blockWidth,blockHeight`, `;` between them.
  static func text(_ levels: [RasterInfo.Level]) -> String {
    levels.map { "\($0.width),\($0.height),\($0.blockWidth),\($0.blockHeight)" }.joined(separator: ";")
  }

  /// Reads what `text` wrote.
  static func levels(_ text: String) -> [RasterInfo.Level] {
    text.split(separator: ";").compactMap { part in
      let numbers = part.split(separator: ",").compactMap { Int($0) }
      guard numbers.count == 4 else { return nil }
      return RasterInfo.Level(
        width: numbers[0], height: numbers[1], blockWidth: numbers[2], blockHeight: numbers[3])
    }
  }

  /// Colours as four bytes each.
  static func bytes(_ colormap: [SIMD4<UInt8>]) -> [UInt8] { colormap.flatMap { [$0.x, $0.y, $0.z, $0.w] } }

  /// Reads what `bytes` wrote.
  static func colormap(_ bytes: [UInt8]) -> [SIMD4<UInt8>] {
    stride(from: 0, to: bytes.count - 3, by: 4).map {
      SIMD4(bytes[$0], bytes[$0 + 1], bytes[$0 + 2], bytes[$0 + 3])
    }
  }

  /// Counts as 64-bit numbers, little end first.
  static func bytes(_ counts: [Int]) -> [UInt8] {
    counts.flatMap { count in (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) } }
  }

  /// Reads what `bytes` wrote.
  static func counts(_ bytes: [UInt8]) -> [Int] {
    stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      (0..<8).reduce(0) { $0 | Int(bytes[start + $1]) << ($1 * 8) }
    }
  }
}
