/// A raster file with its side files, as it lies in the data folder.
struct RasterSource: Sendable, Equatable {
  /// The path inside the data folder.
  let path: String
  /// The raster's file first, then its side files by name.
  let files: [FileStamp]
  /// A side file that is a link out of the data folder; the raster is refused for it, since reading it would follow the link.
  let strayFile: String?
}
