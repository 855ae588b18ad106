/// A deflate block for data in which a search for repetitions would find nothing: its own Huffman code for bytes, and
/// of repetitions only runs of zeros.
struct LiteralBlock {
  private static let endOfBlock = 256
  private static let symbols = 286
  /// The longest match of deflate.
  private static let longestMatch = 258

  private let bytes: UnsafeBufferPointer<UInt8>
  private let code: HuffmanCode
  /// Bits of the block, without what fills its last byte up.
  let bitCount: Int
  /// Bytes that are written one by one, outside of runs.
  let literalCount: Int

  /// Plans a block. The memory must outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var counter = Counter()
    Self.scan(bytes, into: &counter)
    var counts = counter.total
    counts[Self.endOfBlock] = 1
    let code = HuffmanCode(counts: counts)
    self.code = code
    literalCount = counts[..<Self.endOfBlock].reduce(0, +)
    let headerBits = 3 + 14 + 19 * 3 + (Self.symbols + 1) * 4
    bitCount = zip(counts.indices, counts).reduce(headerBits) { bits, symbol in
      let (number, count) = symbol
      // A match has the word of its length, extra bits and a distance of one bit.
      let extra = number > Self.endOfBlock ? MatchLength.extraBits[number - 257] + 1 : 0
      return bits + count * (Int(code.lengths[number]) + extra)
    }
  }

  /// Writes the block. Needs 8 bytes of room behind it.
  func write(to writer: inout BitWriter, isLast: Bool) {
    writer.add(isLast ? 1 : 0, bits: 1)
    let dynamicCodes: UInt64 = 2
    writer.add(dynamicCodes, bits: 2)
    // 286 lengths of literals, 1 of a distance, 19 of the code for these lengths: 4 bits for each length from 0 to 15.
    writer.add(UInt64(Self.symbols - 257), bits: 5)
    writer.add(0, bits: 5)
    writer.add(15, bits: 4)
    writer.flush()
    for symbol in 0..<19 { add(symbol < 3 ? 0 : 4, bits: 3, to: &writer) }
    for length in code.lengths { add(Self.reversed4(length), bits: 4, to: &writer) }
    add(Self.reversed4(1), bits: 4, to: &writer)
    code.words.withUnsafeBufferPointer { words in
      var emitter = Emitter(words: words, writer: writer)
      Self.scan(bytes, into: &emitter)
      emitter.word(Self.endOfBlock)
      emitter.writer.flush()
      writer = emitter.writer
    }
  }

  private func add(_ value: UInt64, bits: UInt64, to writer: inout BitWriter) {
    writer.add(value, bits: bits)
    writer.flush()
  }

  private static func reversed4(_ value: UInt8) -> UInt64 {
    UInt64(value & 1) << 3 | UInt64(value & 2) << 1 | UInt64(value & 4) >> 1 | UInt64(value & 8) >> 3
  }

  /// What a scan finds, in the order of the bytes.
  private protocol Sink {
    mutating func fourLiterals(_ four: UnsafePointer<UInt8>)
    mutating func literal(_ byte: UInt8)
    /// The last byte again, `length` times, 3 to 258.
    mutating func match(length: Int)
  }

  /// Looks at 8 bytes at a time, so that runs begin and end at multiples of 8: shorter ones gain little.
  @inline(__always)
  private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, into sink: inout some Sink) {
    guard let start = bytes.baseAddress else { return }
    let end = bytes.count & ~7
    var at = 0
    while at < end {
      if UnsafeRawPointer(start).loadUnaligned(fromByteOffset: at, as: UInt64.self) != 0 {
        sink.fourLiterals(start + at)
        sink.fourLiterals(start + at + 4)
        at &+= 8
        continue
      }
      var run = 8
      while at &+ run < end, UnsafeRawPointer(start).loadUnaligned(fromByteOffset: at &+ run, as: UInt64.self) == 0 {
        run &+= 8
      }
      at &+= run
      sink.literal(0)
      run &-= 1
      while run >= 3 {
        // Never leaves 1 or 2 over.
        let length = run <= longestMatch ? run : min(longestMatch, run &- 3)
        sink.match(length: length)
        run &-= length
      }
    }
    while at < bytes.count {
      sink.literal(start[at])
      at &+= 1
    }
  }

  /// Counts symbols. Four tables in turn, because a count that was changed just before is slow to change again.
  private struct Counter: Sink {
    private var tables = [UInt32](repeating: 0, count: 4 * 256)
    private var matches = [Int](repeating: 0, count: 29)

    var total: [Int] {
      (0..<256).map { byte in (0..<4).reduce(0) { $0 + Int(tables[$1 * 256 + byte]) } } + [0] + matches
    }

    @inline(__always)
    mutating func fourLiterals(_ four: UnsafePointer<UInt8>) {
      tables[Int(four[0])] &+= 1
      tables[256 &+ Int(four[1])] &+= 1
      tables[512 &+ Int(four[2])] &+= 1
      tables[768 &+ Int(four[3])] &+= 1
    }

    @inline(__always)
    mutating func literal(_ byte: UInt8) { tables[Int(byte)] &+= 1 }

    mutating func match(length: Int) { matches[MatchLength(length).symbol - 257] += 1 }
  }

  /// Writes symbols.
  private struct Emitter: Sink {
    let words: UnsafeBufferPointer<UInt32>
    var writer: BitWriter

    @inline(__always)
    mutating func word(_ symbol: Int) {
      let word = words[symbol]
      writer.add(UInt64(word & 0xFFFF), bits: UInt64(word &>> 16))
    }

    @inline(__always)
    mutating func fourLiterals(_ four: UnsafePointer<UInt8>) {
      word(Int(four[0]))
      word(Int(four[1]))
      word(Int(four[2]))
      word(Int(four[3]))
      writer.flush()
    }

    @inline(__always)
    mutating func literal(_ byte: UInt8) {
      word(Int(byte))
      writer.flush()
    }

    mutating func match(length: Int) {
      let match = MatchLength(length)
      word(match.symbol)
      writer.add(UInt64(match.extra), bits: UInt64(match.extraBits))
      // The only distance there is: 1.
      writer.add(0, bits: 1)
      writer.flush()
    }
  }
}
