/// The compressions of a TIFF (REST API, parameter `compression`).
public enum Compression: String, CaseIterable, Sendable {
  /// Plain samples.
  case none
  /// JPEG for one or three bands of 8 bits; other blocks are written as `lz77`.
  case jpeg
  /// Deflate after a predictor.
  case lz77

  /// The compression of that name, whatever its case; `nil` when there is none.
  public init?(name: some StringProtocol) { self.init(rawValue: name.lowercased()) }
}
