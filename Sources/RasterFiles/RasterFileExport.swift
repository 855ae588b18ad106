import Glibc
import Pixels

/// Writes a raster of any size as files of a format: the raster's own, and the side files that tell what the format has no
/// place for.
public struct RasterFileExport: Sendable {
  /// The format.
  public let format: RasterFormat
  /// What the file is to hold.
  public let layout: RasterLayout
  /// The folder of the files, which is there.
  public let folder: String
  /// The files' name without an extension.
  public let stem: String
  /// The quality of JPEG, 1 to 100.
  public let quality: Int

  /// Reads whole rows with the layout's bands and pixel type. Samples without data hold what is to be written for them.
  public typealias Rows = @Sendable (Range<Int>) throws(RasterFileError) -> PixelBlock

  /// An export of a layout in a format, or in TIFF where the format can't hold it.
  public init(_ layout: RasterLayout, as format: RasterFormat, in folder: String, stem: String, quality: Int = 75) {
    self.format = format.holds(layout) ? format : .tiff
    self.layout = layout
    self.folder = folder
    self.stem = stem
    self.quality = quality
  }

  /// Writes the files. Rows are read and made ready by several threads at once.
  /// - Parameters:
  ///   - isCancelled: asked between strips.
  ///   - rows: gives the pixels; called from several threads at once.
  /// - Returns: the names of the files, the raster's own first. They are whole.
  /// - Throws: `RasterFileError`; no file is left then.
  public func run(isCancelled: @escaping @Sendable () -> Bool = { false }, rows: @escaping Rows)
    throws(RasterFileError) -> [String]
  {
    guard layout.isWithinFiles else { throw .unsupported("no file holds so many pixels") }
    let name = "\(stem).\(format.fileExtension)"
    let writer = try format.writer(of: layout, at: "\(folder)/\(name)", quality: quality)
    try StripPipeline(writer: writer, layout: layout, isCancelled: isCancelled, rows: rows).run()
    let names = [name] + writer.furtherFiles
    do throws(RasterFileError) {
      return names + (try SideFiles(layout, format: format).write(in: folder, stem: stem, name: name))
    } catch {
      for name in names { unlink("\(folder)/\(name)") }
      throw error
    }
  }
}
