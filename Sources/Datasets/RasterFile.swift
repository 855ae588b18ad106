/// Opens rasters, whatever their format.
public enum RasterFile {
  /// Opens the raster at `path`. Its content decides what it is, not its name.
  /// - Throws: `unreadable` when the file can't be opened, `damaged` when it is broken, `unsupported` when it is no
  ///   raster that is read or has no usable georeference; the text says what to do.
  public static func open(_ path: String) throws(RasterError) -> any RasterDataset {
    let file = try RandomAccessFile(path: path)
    let head = try file.read(at: 0, count: min(16, file.size))
    if TIFFContainer.matches(head) { return try TIFFDataset(file: file) }
    if PNGDecoder.matches(head) || JPEGDecoder.matches(head) { return try PictureDataset(file: file) }
    if TileCacheDataset.matches(head) { return try TileCacheDataset(file: file) }
    throw .unsupported("\(file.name) is no TIFF, PNG or JPEG file and no tile package")
  }
}
