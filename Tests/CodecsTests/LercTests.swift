import CLerc
import Pixels
import Testing

@testable import Codecs

@Suite("LERC, decoded by Esri's library,")
struct LercTests {
  /// What the library makes of the blobs.
  private struct Decoded {
    let version: Int
    let bands: Int
    /// Band after band.
    let values: [Double]
    /// Band after band, as many as `masks` says: 0 or 1.
    let mask: [UInt8]
    let masks: Int
  }

  private static func decode(_ bytes: [UInt8], width: Int, height: Int) throws -> Decoded {
    var info = [UInt32](repeating: 0, count: 11)
    var ranges = [Double](repeating: 0, count: 3)
    let size = UInt32(bytes.count)
    try #require(lerc_getBlobInfo(bytes, size, &info, &ranges, 11, 3) == 0)
    let (bands, masks) = (Int(info[5]), Int(info[8]))
    try #require(Int(info[3]) == width && Int(info[4]) == height, "\(info) \(bytes.count)")
    try #require(Int(info[7]) == bytes.count, "\(info) \(bytes.count)")
    var values = [Double](repeating: 0, count: width * height * bands)
    var mask = [UInt8](repeating: 1, count: width * height * max(masks, 1))
    try #require(
      lerc_decodeToDouble(
        bytes, size, Int32(masks), &mask, 1, Int32(width), Int32(height), Int32(bands), &values) == 0)
    return Decoded(version: Int(info[0]), bands: bands, values: values, mask: mask, masks: masks)
  }

  @Test("has the samples and the holes of its block, whatever the type, bands and size", arguments: [1, 2])
  func roundTrip(version: Int) throws {
    var seed: UInt64 = 0
    for type in PixelType.allCases {
      for bands in 1...4 {
        for holes in Holes.allCases {
          seed += 1
          var noise = Noise(seed: seed)
          let (width, height) = (Int.random(in: 1...29, using: &noise), Int.random(in: 1...19, using: &noise))
          let block = PixelBlock.noisy(width, height, bands: bands, type, holes: holes, seed: seed)
          let image = try ImageFormat.lerc.encode(block, options: EncodingOptions(lercVersion: version))
          #expect(image.bytes.starts(with: (version == 1 ? "CntZImage " : "Lerc2 ").utf8))
          let decoded = try Self.decode(image.bytes, width: width, height: height)
          let label: Comment = "\(type) \(bands) bands \(width)x\(height) \(holes)"
          #expect(decoded.bands == bands, label)
          // LERC 1 has 32-bit floating-point numbers of 24 bits: integers of 32 bits are rounded to them, which takes
          // them at most 2^32 / 2^24 / 2 = 128 apart. The default is lossless.
          let rounding = version == 1 && type.bits == 32 && !type.isFloatingPoint ? 128.0 : 0
          let slack = (type.isFloatingPoint ? 0 : version == 1 ? 0.5 : 0) + rounding
          var wrong = 0
          for band in 0..<bands {
            let expected = block.band(band)
            for pixel in 0..<width * height {
              let perBand = decoded.masks > 1
              let mask = decoded.masks == 0 || decoded.mask[(perBand ? band * width * height : 0) + pixel] != 0
              // LERC 1 has one mask: a pixel shows when all its bands do.
              let holds =
                version == 1
                ? (0..<bands).allSatisfy { block.holdsData(pixel: pixel, band: $0) }
                : block.holdsData(pixel: pixel, band: band)
              if mask != holds { wrong += 1 }
              let value = version == 1 && type == .f64 ? Double(Float(expected[pixel])) : expected[pixel]
              if holds, abs(decoded.values[band * width * height + pixel] - value) > slack { wrong += 1 }
            }
          }
          #expect(wrong == 0, label)
        }
      }
    }
  }

  @Test("errs by no more than the tolerance, and is smaller for a greater one", arguments: [1, 2])
  func tolerance(version: Int) throws {
    let (width, height) = (64, 48)
    let values = (0..<width * height).map { 300 + 50 * Double($0 % width) / 64 + Double(($0 * 7919) % 1000) / 500 }
    let block = PixelBlock(width, height, bands: 1, .f32, values)
    var sizes: [Int] = []
    for tolerance in [0.0, 0.001, 0.1, 1] {
      let options = EncodingOptions(compressionTolerance: tolerance, lercVersion: version)
      let bytes = try ImageFormat.lerc.encode(block, options: options).bytes
      let decoded = try Self.decode(bytes, width: width, height: height)
      // Numbers near 300 have steps of 2^-15 in 32 bits.
      let worst = zip(decoded.values, block.numbers).map { abs($0 - $1) }.max()
      #expect(try #require(worst) <= tolerance + 1.0 / 32768)
      sizes.append(bytes.count)
    }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test("has no data where a sample is not a number", arguments: [1, 2])
  func notANumber(version: Int) throws {
    let block = PixelBlock(3, 1, bands: 1, .f32, [1, .nan, 3])
    let bytes = try ImageFormat.lerc.encode(block, options: EncodingOptions(lercVersion: version)).bytes
    let decoded = try Self.decode(bytes, width: 3, height: 1)
    #expect(decoded.mask == [1, 0, 1])
  }

  @Test("version 1 of a large picture keeps a mask of long runs")
  func longRuns() throws {
    let (width, height) = (1200, 400)
    // Half a million pixels: runs of more than 32,767 equal mask bytes.
    let mask = (0..<width * height).map { $0 < 450_000 || $0 % 977 == 0 ? UInt8(255) : 0 }
    let block = PixelBlock(
      width: width, height: height, bands: 1, pixelType: .u8, samples: [UInt8](repeating: 9, count: width * height),
      validity: .pixels(mask))
    let bytes = try ImageFormat.lerc.encode(block, options: EncodingOptions(lercVersion: 1)).bytes
    #expect(try Self.decode(bytes, width: width, height: height).mask == mask.map { $0 / 255 })
  }
}
