import Foundation
import Testing

@testable import Codecs

@Suite("Deflate blocks of literals")
struct DeflateTests {
  private static func deflate(_ bytes: [UInt8], blockBytes: Int = 65536) -> [UInt8] {
    bytes.withUnsafeBufferPointer { all in
      let starts = stride(from: 0, to: max(1, all.count), by: blockBytes)
      let blocks = starts.map { LiteralBlock(UnsafeBufferPointer(rebasing: all[$0..<min($0 + blockBytes, all.count)])) }
      let bits = blocks.reduce(0) { $0 + $1.bitCount }
      return [UInt8](unsafeUninitializedCapacity: bits / 8 + 16) { out, count in
        guard let start = out.baseAddress else { return }
        var writer = BitWriter(to: start)
        for (number, block) in blocks.enumerated() { block.write(to: &writer, isLast: number == blocks.count - 1) }
        writer.align()
        // The plan knew the size.
        #expect(writer.byteCount == (bits + 7) / 8)
        count = writer.byteCount
      }
    }
  }

  @Test("inflate to their bytes: runs of zeros of every length, codes longer than allowed, blocks in sequence")
  func inflate() throws {
    var noise = Noise(seed: 3)
    var cases: [[UInt8]] = [[], [7], [0], [UInt8](repeating: 0, count: 100_000), [UInt8](repeating: 5, count: 999)]
    // Runs of zeros from 1 to 600 bytes, at every offset from a multiple of 8.
    cases.append((1...600).flatMap { [UInt8](repeating: 0, count: $0) + [UInt8(truncatingIfNeeded: $0) | 1] })
    // Counts like Fibonacci's numbers make Huffman's tree as deep as it gets: 22 levels here, 12 are allowed.
    var fibonacci = [1, 1]
    while fibonacci.count < 22 { fibonacci.append(fibonacci.suffix(2).reduce(0, +)) }
    cases.append(
      fibonacci.enumerated().flatMap { [UInt8](repeating: UInt8($0 + 1), count: $1) }.shuffled(using: &noise))
    cases.append((0..<70_000).map { _ in UInt8.random(in: 0...255, using: &noise) })
    cases.append(
      (0..<5000).map { _ in UInt8.random(in: 0...3, using: &noise) & UInt8.random(in: 0...3, using: &noise) })
    let streams = cases.map { Self.deflate($0) } + cases.map { Self.deflate($0, blockBytes: 777) }
    let inflated = try TemporaryFolder.use { folder in
      for (number, stream) in streams.enumerated() {
        try Data(stream).write(to: folder.appending(path: "\(number)"))
      }
      let script = """
        import sys, zlib
        for n in range(int(sys.argv[2])):
            inflater = zlib.decompressobj(-15)
            data = inflater.decompress(open(f'{sys.argv[1]}/{n}', 'rb').read())
            assert inflater.eof and not inflater.unused_data
            open(f'{sys.argv[1]}/{n}', 'wb').write(data)
        """
      _ = try Python.run(script, [folder.path, "\(streams.count)"])
      return try streams.indices.map { [UInt8](try Data(contentsOf: folder.appending(path: "\($0)"))) }
    }
    #expect(inflated == cases + cases)
  }

  @Test("take hardly more bits than the entropy of their bytes")
  func entropy() {
    var noise = Noise(seed: 9)
    let bytes = (0..<65536).map { _ in
      UInt8(truncatingIfNeeded: (0..<6).reduce(1) { sum, _ in sum + Int.random(in: -6...6, using: &noise) } | 1)
    }
    var counts = [Double](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let entropy = counts.filter { $0 > 0 }.reduce(0.0) { $0 - $1 * log2($1 / 65536) }
    let bits = bytes.withUnsafeBufferPointer { LiteralBlock($0).bitCount }
    #expect(Double(bits) < entropy * 1.02)
  }
}
