import Pixels

extension RasterFormat {
  /// Whether the format can hold a raster without loss of a band or of its pixel type's range.
  public func holds(_ layout: RasterLayout) -> Bool {
    switch self {
    case .tiff: true
    // More formats come here, one rule each.
    default: false
    }
  }

  /// What writes the format.
  /// - Parameter path: the raster's own file.
  func writer(of layout: RasterLayout, at path: String, quality: Int) throws(RasterFileError) -> any RasterFileWriter {
    throw .unsupported("\(rawValue) is not written")
  }
}
