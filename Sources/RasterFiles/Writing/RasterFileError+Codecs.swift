import Codecs

extension RasterFileError {
  /// Calls a codec, and says its errors in this module's words.
  static func naming<Result>(
    _ body: () throws(EncodingError) -> Result
  ) throws(RasterFileError) -> Result {
    do throws(EncodingError) { return try body() } catch { throw .library(error.description) }
  }
}
