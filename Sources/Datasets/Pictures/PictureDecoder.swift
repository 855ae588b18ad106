/// Decodes a picture from the top down.
protocol PictureDecoder: AnyObject {
  /// Decodes the next rows.
  /// - Parameters:
  ///   - rows: how many; all of them when the picture can only be decoded as a whole.
  ///   - rowBytes: bytes of a row.
  ///   - buffer: `rows * rowBytes` bytes that are filled.
  func read(rows: Int, rowBytes: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RasterError)
}

/// What the head of a picture says.
struct PictureHead: Sendable {
  var format: String
  var compression: String
  var width: Int
  var height: Int
  /// How a sample stands in a decoded row.
  var sample: StoredSample
  /// Samples a pixel, alpha counted.
  var samples: Int
  var hasAlpha = false
  var colormap: [SIMD4<UInt8>]?
  /// The grey or colour that means transparent, a sample each.
  var transparent: [Int]?
  /// Whether rows only come after the whole file was read.
  var isWhole: Bool

  var bands: Int { samples - (hasAlpha ? 1 : 0) }
  var rowBytes: Int { width * samples * sample.pixelType.stride }
}
