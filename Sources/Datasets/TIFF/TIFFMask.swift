import Pixels

/// A mask image: what is not zero in it is data.
struct TIFFMask: Sendable {
  let reader: TIFFImageReader

  /// Whether an image can mask a raster: whole numbers, for all bands or for each.
  static func fits(_ reader: TIFFImageReader, bands: Int) -> Bool {
    reader.pixelType.stride == 1 && (reader.bands == 1 || reader.bands == bands)
  }

  /// What is valid already and by this mask.
  func apply(
    to validity: PixelBlock.Validity, area: PixelWindow, bands: Int
  ) throws(RasterError) -> PixelBlock.Validity {
    if validity == .none { return validity }
    var mask = try reader.read(x: area.x, y: area.y, width: area.width, height: area.height).bytes
    for at in mask.indices { mask[at] = mask[at] == 0 ? 0 : 255 }
    if reader.bands == 1 { return validity.intersected(withPixels: mask, bands: bands) }
    switch validity {
    case .none: return .none
    case .all: break
    case .pixels(let pixels):
      for pixel in pixels.indices where pixels[pixel] == 0 {
        for band in 0..<bands { mask[pixel * bands + band] = 0 }
      }
    case .samples(let samples):
      for at in samples.indices { mask[at] &= samples[at] }
    }
    return PixelBlock.Validity.samples(mask).collapsed(bands: bands)
  }
}
