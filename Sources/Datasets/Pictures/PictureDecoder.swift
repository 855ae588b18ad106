/// Decodes a picture from the top down.
protocol PictureDecoder: AnyObject {
  /// Decodes the next rows.
  /// - Parameters:
  ///   - rows: how many; all of them when the picture can only be decoded as a whole.
  ///   - rowBytes: bytes of a row.
  ///   - buffer: `rows * rowBytes` bytes that are filled.
  func read(rows: Int, rowBytes: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RasterError)
}
