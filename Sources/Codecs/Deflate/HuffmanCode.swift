/// A prefix code in deflate's canonical form (RFC 1951, 3.2.2) whose words have at most `longest` bits.
struct HuffmanCode {
  /// Four words and their block's rest fit into one flush of a `BitWriter`.
  static let longest = 12

  /// Bits of each symbol's word, 0 for symbols that do not occur.
  private(set) var lengths: [UInt8]
  /// Each symbol's word as it is written, bits reversed, in the lower half; its length in the upper one.
  private(set) var words: [UInt32]

  /// The shortest code for symbols that occur so often; close to it where its words would be too long.
  /// - Precondition: at least one count is not 0, and at most `1 << longest` are.
  init(counts: [Int]) {
    let sorted = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
    var depths = Self.depths(of: sorted.map { counts[$0] })
    Self.limit(&depths)
    lengths = [UInt8](repeating: 0, count: counts.count)
    for (symbol, depth) in zip(sorted, depths) { lengths[symbol] = UInt8(depth) }
    words = Self.canonical(lengths)
  }

  /// Depths of the leaves of Huffman's tree. Both leaves, given in ascending order, and inner nodes, which are made in
  /// ascending order, wait in a queue each.
  private static func depths(of leaves: [Int]) -> [Int] {
    guard leaves.count > 1 else { return [1] }
    var weights = leaves
    var parents = [Int](repeating: 0, count: leaves.count * 2 - 1)
    var (leaf, inner) = (0, leaves.count)
    func takeLightest(child of: Int) -> Int {
      let takesLeaf = leaf < leaves.count && (inner >= weights.count || weights[leaf] <= weights[inner])
      let node = takesLeaf ? leaf : inner
      if takesLeaf { leaf += 1 } else { inner += 1 }
      parents[node] = of
      return weights[node]
    }
    while weights.count < parents.count {
      let node = weights.count
      let weight = takeLightest(child: node) + takeLightest(child: node)
      weights.append(weight)
    }
    var depths = [Int](repeating: 0, count: parents.count)
    for node in (0..<parents.count - 1).reversed() { depths[node] = depths[parents[node]] + 1 }
    return Array(depths[..<leaves.count])
  }

  /// Shortens words over the limit, and makes room for them by lengthening the rarest ones that may grow; then gives
  /// what is left over to the most frequent ones. Depths are those of symbols in ascending order of frequency.
  private static func limit(_ depths: inout [Int]) {
    let room = 1 << longest
    var used = 0
    for index in depths.indices {
      depths[index] = min(depths[index], longest)
      used += room >> depths[index]
    }
    while used > room {
      for index in depths.indices where used > room && depths[index] < longest {
        depths[index] += 1
        used -= room >> depths[index]
      }
    }
    for index in depths.indices.reversed() {
      while depths[index] > 1, used + room >> depths[index] <= room {
        used += room >> depths[index]
        depths[index] -= 1
      }
    }
  }

  private static func canonical(_ lengths: [UInt8]) -> [UInt32] {
    var firsts = [UInt32](repeating: 0, count: longest + 2)
    for length in lengths where length > 0 { firsts[Int(length) + 1] += 1 }
    for length in 1..<firsts.count { firsts[length] = (firsts[length] + firsts[length - 1]) << 1 }
    return lengths.map { length in
      guard length > 0 else { return 0 }
      let word = firsts[Int(length)]
      firsts[Int(length)] += 1
      return word.bitReversed >> (32 - UInt32(length)) | UInt32(length) << 16
    }
  }
}

extension UInt32 {
  /// The bits in opposite order.
  fileprivate var bitReversed: UInt32 {
    var bits = self
    bits = (bits & 0x5555_5555) << 1 | (bits >> 1) & 0x5555_5555
    bits = (bits & 0x3333_3333) << 2 | (bits >> 2) & 0x3333_3333
    bits = (bits & 0x0F0F_0F0F) << 4 | (bits >> 4) & 0x0F0F_0F0F
    return bits.byteSwapped
  }
}
