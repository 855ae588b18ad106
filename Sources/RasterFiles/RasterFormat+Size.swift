extension RasterFormat {
  /// Whether the files of a raster take at least the bytes of its samples.
  public func isUncompressed(_ layout: RasterLayout) -> Bool {
    guard layout.pixelType.bits >= 8 else { return false }
    switch holds(layout) ? self : .tiff {
    case .tiff, .imagine, .nitf, .bil, .bsq, .bip, .envi, .bmp: return true
    case .jpeg, .jp2, .gif, .png: return false
    }
  }
}
