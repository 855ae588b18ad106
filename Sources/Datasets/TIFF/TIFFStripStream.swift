import CTIFF
import Locking

/// Reads the rows of compressed strips that are too large to be decoded at once, from the top down.
///
/// One decoder a plane stands still where the last read ended; a read further up starts its strip again.
final class TIFFStripStream: Sendable {
  private let image: TIFFImage
  private let library: TIFFLibraryBlock
  private let decoders: Locked<[Int: Decoder]>

  init(image: TIFFImage) throws(RasterError) {
    self.image = image
    library = try TIFFLibraryBlock(image: image)
    decoders = Locked([:])
  }

  /// The row of the image that the decoders stand at.
  var position: Int {
    decoders.withLock { decoders in
      decoders.values.map { $0.strip * image.storedHeight + $0.nextRow }.max() ?? 0
    }
  }

  /// Decodes rows of a strip.
  /// - Parameters:
  ///   - wanted: rows, counted in the strip.
  ///   - row: the strip.
  /// - Returns: the rows' bytes; `nil` for a strip that was never written.
  func rows(_ wanted: Range<Int>, plane: Int, row strip: Int) throws(RasterError) -> [UInt8]? {
    guard let segment = try image.segment(plane: plane, column: 0, row: strip) else { return nil }
    return try decoders.withLock { (decoders) throws(RasterError) in
      let decoder: Decoder
      if let open = decoders[plane], open.strip == strip, open.nextRow <= wanted.lowerBound {
        decoder = open
      } else {
        let height = min(image.storedHeight, image.height - strip * image.storedHeight)
        decoder = Decoder(tiff: try library.open(segment, rows: height), strip: strip)
      }
      // A decoder that fails is not used again.
      decoders[plane] = nil
      let bytes = try rows(wanted, from: decoder)
      decoders[plane] = decoder
      return bytes
    }
  }

  private func rows(_ wanted: Range<Int>, from decoder: Decoder) throws(RasterError) -> [UInt8] {
    let rowBytes = image.storedRowBytes
    guard TIFFScanlineSize64(decoder.tiff) == UInt64(rowBytes) else { throw library.damage(decoder.tiff) }
    if decoder.nextRow < wanted.lowerBound {
      _ = try [UInt8].filled(count: rowBytes) { (buffer) throws(RasterError) in
        while decoder.nextRow < wanted.lowerBound { try readRow(decoder, into: buffer.baseAddress) }
      }
    }
    return try [UInt8].filled(count: rowBytes * wanted.count) { (buffer) throws(RasterError) in
      for line in 0..<wanted.count { try readRow(decoder, into: buffer.baseAddress.map { $0 + line * rowBytes }) }
    }
  }

  private func readRow(_ decoder: Decoder, into row: UnsafeMutableRawPointer?) throws(RasterError) {
    guard TIFFReadScanline(decoder.tiff, row, UInt32(decoder.nextRow), 0) == 1 else {
      throw library.damage(decoder.tiff)
    }
    decoder.nextRow += 1
  }

  /// An open strip. Lives under the lock of its stream.
  private final class Decoder {
    let tiff: OpaquePointer
    let strip: Int
    var nextRow = 0

    init(tiff: OpaquePointer, strip: Int) {
      self.tiff = tiff
      self.strip = strip
    }

    deinit { TIFFClose(tiff) }
  }
}
