/// The number of a TIFF field: TIFF 6.0, its supplements, GeoTIFF 1.1 and GDAL's own.
struct TIFFTag: RawRepresentable, Hashable, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }
  private init(_ rawValue: UInt16) { self.rawValue = rawValue }

  static let newSubfileType = TIFFTag(254)
  static let imageWidth = TIFFTag(256)
  static let imageLength = TIFFTag(257)
  static let bitsPerSample = TIFFTag(258)
  static let compression = TIFFTag(259)
  static let photometric = TIFFTag(262)
  static let fillOrder = TIFFTag(266)
  static let stripOffsets = TIFFTag(273)
  static let orientation = TIFFTag(274)
  static let samplesPerPixel = TIFFTag(277)
  static let rowsPerStrip = TIFFTag(278)
  static let stripByteCounts = TIFFTag(279)
  static let planarConfiguration = TIFFTag(284)
  static let t4Options = TIFFTag(292)
  static let t6Options = TIFFTag(293)
  static let predictor = TIFFTag(317)
  static let colorMap = TIFFTag(320)
  static let tileWidth = TIFFTag(322)
  static let tileLength = TIFFTag(323)
  static let tileOffsets = TIFFTag(324)
  static let tileByteCounts = TIFFTag(325)
  static let extraSamples = TIFFTag(338)
  static let sampleFormat = TIFFTag(339)
  static let jpegTables = TIFFTag(347)
  static let yCbCrCoefficients = TIFFTag(529)
  static let yCbCrSubSampling = TIFFTag(530)
  static let referenceBlackWhite = TIFFTag(532)
  static let modelPixelScale = TIFFTag(33550)
  static let modelTiepoint = TIFFTag(33922)
  static let modelTransformation = TIFFTag(34264)
  static let geoKeyDirectory = TIFFTag(34735)
  static let geoDoubleParams = TIFFTag(34736)
  static let geoASCIIParams = TIFFTag(34737)
  static let gdalNoData = TIFFTag(42113)
  static let lercParameters = TIFFTag(50674)
}
