/// A picture as the bytes of a file.
public struct EncodedImage: Sendable {
  /// The format that was written; never `jpgpng`.
  public let format: ImageFormat
  /// The media type of the bytes.
  public let contentType: String
  /// The usual file extension, without a dot.
  public let fileExtension: String
  /// The file.
  public let bytes: [UInt8]
}
