import Pixels

/// Why pixels can't be written in a format.
public enum EncodingError: Error, Equatable, CustomStringConvertible {
  /// The block has no pixels.
  case empty
  /// The format takes samples of at most 8 bits.
  case pixelType(PixelType, ImageFormat)
  /// The picture is larger than the format allows.
  case tooLarge(width: Int, height: Int)
  /// A codec library refused, in its own words.
  case library(String)

  /// One sentence for people.
  public var description: String {
    switch self {
    case .empty: "A picture without pixels can't be written."
    case .pixelType(let type, let format): "The format \(format.rawValue) does not hold \(type.rawValue) samples."
    case .tooLarge(let width, let height): "A picture of \(width) x \(height) pixels is too large for the format."
    case .library(let message): "The codec failed: \(message)."
    }
  }
}
