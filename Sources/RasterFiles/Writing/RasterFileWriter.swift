import Codecs
import Pixels

/// Writes the raster's own file of one format from the top down.
///
/// Rows come in strips. What takes time (reordering, compressing) is done by `preparation`, for several strips at once; what
/// needs the strips' order by `write`, one after the other. Neither keeps more than a strip in memory, so that a raster of any
/// size is written within a bounded one. A writer is used by one thread at a time.
protocol RasterFileWriter: AnyObject {
  /// Rows of every strip but the last one.
  var stripRows: Int { get }

  /// What makes of a strip what `write` needs.
  var preparation: any StripPreparation { get }

  /// The names of the files that it writes beside the raster's own, in the same folder.
  var furtherFiles: [String] { get }

  /// Writes a strip. Called from the first strip to the last.
  func write(_ strip: PreparedStrip) throws(RasterFileError)

  /// Writes what comes after the last strip, and what of the head was not known before. The files have their names then,
  /// or none of them is left.
  func finish() throws(RasterFileError)
}

extension RasterFileWriter {
  /// None: most formats are one file.
  var furtherFiles: [String] { [] }
}

/// The part of writing that several threads do at once.
protocol StripPreparation: Sendable {
  /// Makes of a strip what `RasterFileWriter.write` needs. Strips come in any order.
  /// - Parameters:
  ///   - strip: whole rows with the layout's bands and pixel type. Samples without data hold what is to be written for
  ///     them; which ones they are says `strip.validity`.
  ///   - firstRow: the row that the strip begins with, a multiple of `stripRows`.
  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip
}

/// A strip on its way into a file.
struct PreparedStrip: Sendable {
  /// The row that it begins with.
  var firstRow: Int
  /// How many rows it has.
  var rows: Int
  /// Its bytes, in whatever order the format has them.
  var bytes: [UInt8]
  /// The lengths of the pieces (tiles, bands) that `bytes` is made of, where a format has some.
  var lengths: [Int] = []
  /// What `bytes` inflates to, where they are a piece of a longer stream.
  var inflated: DeflatePiece.Content?
}
