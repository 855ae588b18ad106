/// One part of a `multipart/form-data` body (RFC 7578).
public struct FormPart: Sendable {
  /// The field's name.
  public let name: String
  /// The name of the file that was sent, if it was one.
  public let fileName: String?
  /// The media type of the part.
  public let contentType: String?
  /// The content.
  public let body: [UInt8]
}
