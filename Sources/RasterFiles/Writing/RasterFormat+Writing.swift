import Pixels

extension RasterFormat {
  /// Whether the format can hold a raster without loss of a band or of its pixel type's range.
  public func holds(_ layout: RasterLayout) -> Bool {
    guard layout.isWithinFiles else { return false }
    return switch self {
    case .tiff: true
    case .imagine: ImagineWriter.holds(layout)
    case .jpeg: JPEGWriter.holds(layout)
    case .nitf: NITFWriter.holds(layout)
    case .bil: RawForm.holds(layout, as: self)
    case .bsq: RawForm.holds(layout, as: self)
    case .bip: RawForm.holds(layout, as: self)
    case .envi: RawForm.holds(layout, as: self)
    case .jp2: JP2Writer.holds(layout)
    case .gif: GIFWriter.holds(layout)
    case .bmp: BMPWriter.holds(layout)
    case .png: PNGWriter.holds(layout)
    }
  }

  /// What writes the format.
  /// - Parameter path: the raster's own file.
  func writer(of layout: RasterLayout, at path: String, quality: Int) throws(RasterFileError) -> any RasterFileWriter {
    switch self {
    case .tiff: try TIFFWriter(layout, at: path)
    case .imagine: try ImagineWriter(layout, path: path)
    case .jpeg: try JPEGWriter(layout, at: path, quality: quality)
    case .nitf: try NITFWriter(layout, path: path)
    case .bil: try RawWriter(layout, as: self, at: path)
    case .bsq: try RawWriter(layout, as: self, at: path)
    case .bip: try RawWriter(layout, as: self, at: path)
    case .envi: try RawWriter(layout, as: self, at: path)
    case .jp2: try JP2Writer(layout, path: path)
    case .gif: try GIFWriter(layout, at: path)
    case .bmp: try BMPWriter(layout, at: path)
    case .png: try PNGWriter(layout, at: path)
    }
  }
}
