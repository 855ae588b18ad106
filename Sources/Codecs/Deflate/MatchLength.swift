/// How deflate writes the length of a match (RFC 1951, 3.2.5).
struct MatchLength {
  /// Extra bits of the symbols from 257 on.
  static let extraBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
  private static let bases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]

  /// 257 to 285.
  let symbol: Int
  /// What is written behind the symbol.
  let extra: Int
  /// Bits of `extra`.
  let extraBits: Int

  /// - Precondition: 3 to 258.
  init(_ length: Int) {
    var index = 0
    while index + 1 < Self.bases.count, Self.bases[index + 1] <= length { index += 1 }
    symbol = 257 + index
    extra = length - Self.bases[index]
    extraBits = Self.extraBits[index]
  }
}
