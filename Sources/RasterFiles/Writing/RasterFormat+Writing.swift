import Pixels

extension RasterFormat {
  /// Whether the format can hold a raster without loss of a band or of its pixel type's range.
  public func holds(_ layout: RasterLayout) -> Bool {
    switch self {
    case .tiff: true
    case .imagine: ImagineWriter.holds(layout)
    case .nitf: NITFWriter.holds(layout)
    case .jp2: JP2Writer.holds(layout)
    // More formats come here, one rule each.
    default: false
    }
  }

  /// What writes the format.
  /// - Parameter path: the raster's own file.
  func writer(of layout: RasterLayout, at path: String, quality: Int) throws(RasterFileError) -> any RasterFileWriter {
    switch self {
    case .imagine: try ImagineWriter(layout, path: path)
    case .nitf: try NITFWriter(layout, path: path)
    case .jp2: try JP2Writer(layout, path: path)
    default: throw .unsupported("\(rawValue) is not written")
    }
  }
}
