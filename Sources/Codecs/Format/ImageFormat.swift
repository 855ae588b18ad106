import Pixels

/// The picture formats of `exportImage` (REST API, parameter `format`).
public enum ImageFormat: String, CaseIterable, Sendable {
  /// JPEG when every pixel holds data, otherwise PNG with alpha.
  case jpgpng
  /// PNG in the smallest form that loses nothing.
  case png
  /// PNG with at most 256 colours.
  case png8
  /// PNG with three bands and no alpha.
  case png24
  /// PNG with three bands and alpha.
  case png32
  /// JPEG.
  case jpg
  /// Windows bitmap, 24 bits a pixel.
  case bmp
  /// GIF with at most 256 colours.
  case gif
  /// GeoTIFF with all bands in their own pixel type.
  case tiff
  /// Raw samples interleaved by pixel, then a mask.
  case bip
  /// Raw samples band after band, then a mask.
  case bsq
  /// LERC, one blob a band.
  case lerc

  /// The format of that name, whatever its case; `nil` when there is none.
  public init?(name: some StringProtocol) { self.init(rawValue: name.lowercased()) }

  /// The media type of an answer in this format. That of `jpgpng` depends on the picture: `EncodedImage` knows it.
  public var contentType: String { encoder?.contentType ?? "image/jpeg" }

  /// The usual file extension, without a dot. That of `jpgpng` depends on the picture: `EncodedImage` knows it.
  public var fileExtension: String { encoder?.fileExtension ?? "jpg" }

  /// Whether the format holds every band in its own pixel type. The others take blocks of 8-bit samples only
  /// (see `Stretch`) and draw one grey or three colour bands of them.
  public var holdsEveryPixelType: Bool {
    switch self {
    case .tiff, .bip, .bsq, .lerc: true
    case .jpgpng, .png, .png8, .png24, .png32, .jpg, .bmp, .gif: false
    }
  }

  /// Turns pixels into the bytes of a file.
  ///
  /// The picture formats draw the first band grey when there are one or two, a single one through the colormap if there
  /// is one, else the first three as red, green and blue. They take samples as they are: 1 of a `U1` band is nearly
  /// black (see `Stretch`).
  /// - Parameters:
  ///   - block: the pixels, at least one; of a type up to `U8` unless `holdsEveryPixelType`.
  ///   - options: what the format can be told. A format passes over what does not concern it.
  /// - Throws: `EncodingError` when the format can't hold the block.
  public func encode(_ block: PixelBlock, options: EncodingOptions = EncodingOptions()) throws(EncodingError)
    -> EncodedImage
  {
    precondition(block.bands > 0, "a picture has at least one band")
    guard block.width > 0, block.height > 0 else { throw .empty }
    guard holdsEveryPixelType || (block.pixelType.bits <= 8 && block.pixelType != .s8) else {
      throw .pixelType(block.pixelType, self)
    }
    guard let encoder else {
      let opaque = Picture(block, colormap: options.colormap).isOpaque
      return try (opaque ? ImageFormat.jpg : .png32).encode(block, options: options)
    }
    return EncodedImage(
      format: self, contentType: encoder.contentType, fileExtension: encoder.fileExtension,
      bytes: try encoder.encode(block, options: options))
  }

  /// What writes the format; `nil` for `jpgpng`, which is one of two.
  private var encoder: (any ImageEncoder)? {
    switch self {
    case .jpgpng: nil
    case .png: PNGEncoder(form: .smallest)
    case .png8: PNGEncoder(form: .palette)
    case .png24: PNGEncoder(form: .rgb)
    case .png32: PNGEncoder(form: .rgba)
    case .jpg: JPEGEncoder()
    case .bmp: BMPEncoder()
    case .gif: GIFEncoder()
    case .tiff: TIFFEncoder()
    case .bip: RawEncoder(interleaving: .pixel)
    case .bsq: RawEncoder(interleaving: .band)
    case .lerc: LercEncoder()
    }
  }
}
