import CImage
import Pixels

/// Decodes PNG and JPEG tiles into red, green and blue of 8 bits; what is wholly transparent holds no data.
struct PictureTileDecoder: TileDecoder {
  let compression: String
  let width: Int
  let height: Int

  var bands: Int { 3 }
  var pixelType: PixelType { .u8 }

  func decode(_ tile: [UInt8]) -> PixelBlock? {
    tile.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      return JPEGDecoder.matches(Array(bytes.prefix(3)))
        ? jpeg(start, count: bytes.count) : png(start, count: bytes.count)
    }
  }

  private func jpeg(_ bytes: UnsafePointer<UInt8>, count: Int) -> PixelBlock? {
    var info = cimage_jpeg_info()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    guard let handle = cimage_jpeg_open_memory(bytes, count, &info, &message) else { return nil }
    defer { cimage_jpeg_close(handle) }
    guard Int(info.width) == width, Int(info.height) == height else { return nil }
    let samples = Int(info.samples)
    guard
      let rows = rows(bytes: width * samples, by: { cimage_jpeg_read(handle, UInt32(height), $0, $1, &message) })
    else { return nil }
    return block(samples == 1 ? Self.colours(rows) { SIMD4($0, $0, $0, 255) }.samples : rows, mask: nil)
  }

  private func png(_ bytes: UnsafePointer<UInt8>, count: Int) -> PixelBlock? {
    var info = cimage_png_info()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    guard let handle = cimage_png_open_memory(bytes, count, &info, &message) else { return nil }
    defer { cimage_png_close(handle) }
    guard Int(info.width) == width, Int(info.height) == height else { return nil }
    let samples = Int(info.samples)
    let sampleBytes = info.bits == 16 ? 2 : 1
    guard
      var rows = rows(
        bytes: width * samples * sampleBytes, by: { cimage_png_read(handle, UInt32(height), $0, $1, &message) })
    else { return nil }
    let key = [info.transparent.0, info.transparent.1, info.transparent.2]
    let hidden = info.has_transparent ? Self.places(of: key, in: rows, samples: samples, sampleBytes: sampleBytes) : nil
    if sampleBytes == 2 { rows = Self.upperBytes(rows) }
    if info.palette_count > 0 {
      let palette = withUnsafeBytes(of: &info.palette) { raw in
        (0..<256).map { SIMD4(raw[4 * $0], raw[4 * $0 + 1], raw[4 * $0 + 2], raw[4 * $0 + 3]) }
      }
      let (colours, mask) = Self.colours(rows) { palette[Int($0)] }
      return block(colours, mask: mask)
    }
    if info.bits < 8 {
      let scale = 255 / UInt8((1 << Int(info.bits)) - 1)
      for at in rows.indices { rows[at] &*= scale }
    }
    switch samples {
    case 1: return block(Self.colours(rows) { SIMD4($0, $0, $0, 255) }.samples, mask: hidden)
    case 3: return block(rows, mask: hidden)
    default: return block(Self.withoutAlpha(rows, samples: samples), mask: Self.mask(rows, samples: samples))
    }
  }

  /// All rows, as `read` fills them; `nil` when it fails.
  private func rows(bytes: Int, by read: (Int, UnsafeMutablePointer<UInt8>) -> Bool) -> [UInt8]? {
    var isRead = false
    let rows = [UInt8](unsafeUninitializedCapacity: bytes * height) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      isRead = read(bytes, start)
      count = isRead ? buffer.count : 0
    }
    return isRead ? rows : nil
  }

  private func block(_ samples: [UInt8], mask: [UInt8]?) -> PixelBlock {
    let validity = mask.map { PixelBlock.Validity.pixels($0).collapsed(bands: 3) } ?? .all
    return PixelBlock(width: width, height: height, bands: 3, pixelType: .u8, samples: samples, validity: validity)
  }

  /// Colours and mask of pixels of one sample.
  private static func colours(
    _ rows: [UInt8], _ colour: (UInt8) -> SIMD4<UInt8>
  ) -> (samples: [UInt8], mask: [UInt8]) {
    var mask = [UInt8](repeating: 255, count: rows.count)
    let samples = [UInt8](unsafeUninitializedCapacity: rows.count * 3) { out, count in
      for (pixel, sample) in rows.enumerated() {
        let rgba = colour(sample)
        for band in 0..<3 { out[3 &* pixel &+ band] = rgba[band] }
        if rgba.w == 0 { mask[pixel] = 0 }
      }
      count = rows.count * 3
    }
    return (samples, mask)
  }

  /// Red, green and blue of pixels of grey or colour with an alpha behind.
  private static func withoutAlpha(_ rows: [UInt8], samples: Int) -> [UInt8] {
    let pixels = rows.count / samples
    return [UInt8](unsafeUninitializedCapacity: pixels * 3) { out, count in
      for pixel in 0..<pixels {
        for band in 0..<3 { out[3 &* pixel &+ band] = rows[samples &* pixel &+ (samples == 4 ? band : 0)] }
      }
      count = pixels * 3
    }
  }

  private static func mask(_ rows: [UInt8], samples: Int) -> [UInt8] {
    (0..<rows.count / samples).map { rows[samples &* $0 &+ samples &- 1] == 0 ? 0 : 255 }
  }

  /// Numbers of 16 bits, in the host's order, as 8.
  private static func upperBytes(_ rows: [UInt8]) -> [UInt8] {
    rows.withUnsafeBytes { raw in
      (0..<rows.count / 2).map { UInt8(raw.loadUnaligned(fromByteOffset: 2 &* $0, as: UInt16.self) >> 8) }
    }
  }

  /// A mask of the pixels that have another colour than the one that means transparent.
  private static func places(of key: [UInt16], in rows: [UInt8], samples: Int, sampleBytes: Int) -> [UInt8] {
    rows.withUnsafeBytes { raw in
      (0..<rows.count / (samples * sampleBytes)).map { pixel in
        for sample in 0..<min(samples, 3) {
          let at = (pixel &* samples &+ sample) &* sampleBytes
          let value = sampleBytes == 2 ? raw.loadUnaligned(fromByteOffset: at, as: UInt16.self) : UInt16(raw[at])
          if value != key[sample] { return 255 }
        }
        return 0
      }
    }
  }
}
