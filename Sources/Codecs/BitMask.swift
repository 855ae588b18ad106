/// Masks of one bit a pixel.
package enum BitMask {
  /// The mask with 1 where there is data, most significant bit first, each row padded with zeros to whole bytes.
  /// - Parameter mask: one byte a pixel, 0 where there is no data; `nil` where all pixels have it.
  package static func packed(_ mask: [UInt8]?, width: Int, height: Int) -> [UInt8] {
    let rowBytes = (width + 7) / 8
    var packed = [UInt8](repeating: 0, count: rowBytes * height)
    for row in 0..<height {
      for column in 0..<width where mask?[row &* width &+ column] != 0 {
        packed[row &* rowBytes &+ column >> 3] |= 0x80 >> UInt8(column & 7)
      }
    }
    return packed
  }
}
