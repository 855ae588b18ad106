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

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let picture = Picture(block, colormap: options.colormap)
    func file(_ color: PNGFile.Color, _ pixels: [UInt8], _ colors: [SIMD4<UInt8>] = []) throws(EncodingError) -> [UInt8]
    {
      try PNGFile(width: block.width, height: block.height, color: color, palette: colors).bytes(of: pixels)
    }
    switch form {
    case .rgb: return try file(.rgb, picture.rgb(over: options.background))
    case .rgba: return try file(.rgba, picture.rgba())
    case .palette:
      let palette = Palette(nearest: picture)
      return try file(.palette, palette.indices, palette.colors)
    case .smallest:
      if case .grey = picture.color, picture.mask == nil { return try file(.grey, picture.pixels) }
      if let palette = Palette(exact: picture) { return try file(.palette, palette.indices, palette.colors) }
      if picture.isOpaque { return try file(.rgb, picture.rgb(over: options.background)) }
      return try file(.rgba, picture.rgba())
    }
  }
}
