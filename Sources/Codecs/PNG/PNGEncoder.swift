import Pixels

/// PNG (ISO/IEC 15948), 8 bits a sample.
struct PNGEncoder: ImageEncoder {
  /// Which of PNG's colour types is written.
  enum Form {
    /// The smallest one that loses nothing.
    case smallest
    /// A palette of at most 256 colours.
    case palette
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, alpha.
    case rgba
  }

  let form: Form
  var contentType: String { "image/png" }
  var fileExtension: String { "png" }

  /// Up to so many colours, neighbours are equal or unlike, and their differences mean nothing.
  private static let fewColors = 64

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let picture = Picture(block, colormap: options.colormap)
    let background = options.background
    switch form {
    case .rgb: return try file(.rgb, picture.rgb(over: background), of: picture)
    case .rgba: return try file(.rgba, picture.rgba(), of: picture)
    case .palette: return try file(Palette(nearest: picture), of: picture)
    case .smallest:
      if case .grey = picture.color, picture.mask == nil { return try file(.grey, picture.pixels, of: picture) }
      if let palette = Palette(exact: picture) { return try file(palette, of: picture) }
      if picture.isOpaque { return try file(.rgb, picture.rgb(over: background), of: picture) }
      return try file(.rgba, picture.rgba(), of: picture)
    }
  }

  private func file(_ color: PNGFile.Color, _ pixels: [UInt8], of picture: Picture) throws(EncodingError) -> [UInt8] {
    let isFlat = Palette(exact: picture, limit: Self.fewColors) != nil
    let file = PNGFile(width: picture.width, height: picture.height, color: color, palette: [])
    return try file.bytes(of: pixels, like: isFlat ? .fewColors : .shades)
  }

  private func file(_ palette: Palette, of picture: Picture) throws(EncodingError) -> [UInt8] {
    let hasFewColors = palette.colors.count <= Self.fewColors
    // The numbers of a colormap are often those of a ramp; others say nothing about the colours.
    let isRamp = if case .indexed = picture.color { !hasFewColors } else { false }
    let file = PNGFile(width: picture.width, height: picture.height, color: .palette, palette: palette.colors)
    return try file.bytes(of: palette.indices, like: hasFewColors ? .fewColors : isRamp ? .shades : .numbers)
  }
}
