/// The files beside a raster's own that tell what its format has no place for: world file, projection, GDAL's and Esri's metadata.
struct SideFiles {
  let layout: RasterLayout
  let format: RasterFormat

  init(_ layout: RasterLayout, format: RasterFormat) {
    self.layout = layout
    self.format = format
  }

  /// Writes them.
  /// - Returns: their names.
  /// - Throws: `RasterFileError.system`; none of them is left then.
  func write(in folder: String, stem: String, name: String) throws(RasterFileError) -> [String] { [] }
}
