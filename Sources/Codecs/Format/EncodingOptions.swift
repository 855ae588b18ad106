/// What a format can be told besides the pixels. Every format passes over what does not concern it.
public struct EncodingOptions: Sendable {
  /// How the samples of a TIFF are compressed.
  public var compression: Compression
  /// The quality of JPEG from 0 to 100; others are held at these ends, and 0 is written as 1.
  public var compressionQuality: Int
  /// The greatest error that LERC may make, in units of the samples. Integers come back exactly up to 0.5. Without it
  /// nothing is lost: who tests with elevations wants the very ones.
  public var compressionTolerance: Double?
  /// 1 writes LERC 1 ("CntZImage "), any other number LERC 2.
  public var lercVersion: Int
  /// The values that stand for no data in a TIFF: one for all bands, or one a band.
  public var noData: [Double]?
  /// Where the picture lies; written into TIFF.
  public var georeference: Georeference?
  /// The colours of a single band's values from 0, as red, green, blue, alpha. Values past its end are transparent.
  public var colormap: [SIMD4<UInt8>]?
  /// What shows through transparent pixels in formats without alpha: red, green, blue.
  public var background: SIMD3<UInt8>

  /// Options as the REST API has them when a request says nothing.
  public init(
    compression: Compression = .none, compressionQuality: Int = 75, compressionTolerance: Double? = nil,
    lercVersion: Int = 2, noData: [Double]? = nil, georeference: Georeference? = nil,
    colormap: [SIMD4<UInt8>]? = nil, background: SIMD3<UInt8> = SIMD3(255, 255, 255)
  ) {
    self.compression = compression
    self.compressionQuality = compressionQuality
    self.compressionTolerance = compressionTolerance
    self.lercVersion = lercVersion
    self.noData = noData
    self.georeference = georeference
    self.colormap = colormap
    self.background = background
  }
}
