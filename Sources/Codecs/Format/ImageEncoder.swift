import Pixels

/// Writes one picture format.
///
/// An encoder holds no state: the same pixels and options give the same bytes, from any thread.
protocol ImageEncoder: Sendable {
  /// The media type of what it writes.
  var contentType: String { get }
  /// The usual file extension of what it writes, without a dot.
  var fileExtension: String { get }
  /// The file. `block` has at least one pixel and one band, and a pixel type that the format takes.
  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8]
}
