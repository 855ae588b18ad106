import CLerc
import Pixels

/// Decodes LERC tiles into samples of their own type.
struct LercTileDecoder: TileDecoder {
  let bands: Int
  let pixelType: PixelType
  let width: Int
  let height: Int

  var compression: String { "LERC" }

  /// Bytes of a decoded tile at most: a few bytes can claim any number.
  private static let maximumBytes = 64 << 20

  /// What the head of a tile says.
  private struct Head {
    var type: PixelType
    var depth: Int
    var width: Int
    var height: Int
    var bands: Int
    var masks: Int

    init?(_ tile: [UInt8]) {
      var info = [UInt32](repeating: 0, count: 9)
      guard let size = UInt32(exactly: tile.count),
        lerc_getBlobInfo(tile, size, &info, nil, Int32(info.count), 0) == 0
      else { return nil }
      let types: [PixelType] = [.s8, .u8, .s16, .u16, .s32, .u32, .f32, .f64]
      guard types.indices.contains(Int(info[1])) else { return nil }
      type = types[Int(info[1])]
      (depth, width, height) = (Int(info[2]), Int(info[3]), Int(info[4]))
      (bands, masks) = (Int(info[5]), Int(info[8]))
    }
  }

  /// A decoder for tiles like one of them; `nil` when it is no LERC.
  init?(like tile: [UInt8], width: Int, height: Int) {
    guard let head = Head(tile), head.depth == 1, (1...64).contains(head.bands),
      width * height * head.bands * head.type.stride <= Self.maximumBytes
    else { return nil }
    bands = head.bands
    pixelType = head.type
    self.width = width
    self.height = height
  }

  func decode(_ tile: [UInt8]) -> PixelBlock? {
    // Elevations have a sample on each corner of a pixel, so one more a row and column: the last ones are the first of the
    // next tile.
    guard let head = Head(tile), head.type == pixelType, head.depth == 1, head.bands == bands,
      (width...width + 1).contains(head.width), (height...height + 1).contains(head.height),
      [0, 1, bands].contains(head.masks)
    else { return nil }
    let count = head.width * head.height
    var samples = [UInt8](repeating: 0, count: count * bands * pixelType.stride)
    var mask = [UInt8](repeating: 1, count: count * max(1, head.masks))
    let type = UInt32([PixelType.s8, .u8, .s16, .u16, .s32, .u32, .f32, .f64].firstIndex(of: pixelType) ?? 6)
    let status = samples.withUnsafeMutableBytes { samples in
      lerc_decode(
        tile, UInt32(tile.count), Int32(head.masks), &mask, 1, Int32(head.width), Int32(head.height), Int32(bands),
        type,
        samples.baseAddress)
    }
    guard status == 0 else { return nil }
    return block(samples, head.masks == 0 ? nil : mask, masks: head.masks, of: head)
  }

  /// The block of bands that come one after the other, cut to the tile's size.
  private func block(_ samples: [UInt8], _ mask: [UInt8]?, masks: Int, of head: Head) -> PixelBlock {
    let size = pixelType.stride
    let plane = head.width * head.height
    var out = [UInt8](repeating: 0, count: width * height * bands * size)
    var valid = [UInt8](repeating: 255, count: mask == nil ? 0 : width * height * masks)
    for row in 0..<height {
      for column in 0..<width {
        let from = row * head.width + column
        let to = row * width + column
        for band in 0..<bands {
          for byte in 0..<size { out[(to * bands + band) * size + byte] = samples[(band * plane + from) * size + byte] }
        }
        guard let mask else { continue }
        for band in 0..<masks where mask[band * plane + from] == 0 { valid[to * masks + band] = 0 }
      }
    }
    var block = PixelBlock(width: width, height: height, bands: bands, pixelType: pixelType, samples: out)
    if mask != nil { block.validity = masks == 1 ? .pixels(valid) : .samples(valid) }
    block.validity = block.validityWithoutNaN.collapsed(bands: bands)
    return block
  }
}
