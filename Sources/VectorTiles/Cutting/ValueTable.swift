/// The values of a tile's layer, each once, found by their bytes. The memory that these lie in must outlive the table.
struct ValueTable: ~Copyable {
  private struct Entry {
    var bytes: UnsafeRawBufferPointer
    var hash: UInt64
  }

  private var entries: [Entry] = []
  /// Numbers of entries by hash; -1 where there is none. As many as a power of two.
  private var slots = [Int32](repeating: -1, count: 256)

  /// No values.
  init() {}

  /// How many values there are.
  var count: Int { entries.count }

  /// The bytes of a value.
  subscript(number: Int) -> UnsafeRawBufferPointer { entries[number].bytes }

  /// The number of a value, which is appended where it is new.
  mutating func number(of bytes: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.bytes.count == bytes.count, entry.bytes.elementsEqual(bytes) {
        return Int(slots[slot])
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(bytes: bytes, hash: hash))
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (number, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Eight bytes at a time, multiplied and folded.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low
    }
    while at + 8 <= bytes.count {
      mix(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    mix(rest ^ 0xA5A5_0000_0000)
    return hash
  }
}
