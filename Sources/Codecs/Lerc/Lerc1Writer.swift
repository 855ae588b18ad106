import Pixels

/// LERC 1, as ArcGIS wrote it up to 10.4: a "CntZImage " blob a band.
///
/// Values are 32-bit floating-point numbers. The first blob carries the mask; the others have the values only, which is
/// how readers expect the further bands of an image. Everything is little-endian.
enum Lerc1Writer {
  private static let blockSide = 8

  /// The blobs of all bands, one after another.
  /// - Parameter tolerance: the greatest error of a value.
  static func blobs(of block: PixelBlock, tolerance: Double) throws(EncodingError) -> [UInt8] {
    // Readers refuse more.
    guard block.width <= 20000, block.height <= 20000 else {
      throw .tooLarge(width: block.width, height: block.height)
    }
    let values = block.converted(to: .f32)
    let pixels = block.width * block.height
    let mask = mask(of: values)
    return values.bandSequentialSamples.withUnsafeBytes { bytes in
      let samples = bytes.assumingMemoryBound(to: Float.self)
      var out: [UInt8] = []
      for band in 0..<block.bands {
        out += Array("CntZImage ".utf8)
        let (version, countsAndValues): (Int32, Int32) = (11, 8)
        for field in [version, countsAndValues, Int32(block.height), Int32(block.width)] {
          out.append(littleEndian: field)
        }
        out.append(littleEndian: tolerance.bitPattern)
        if band == 0 { appendMask(mask, width: block.width, height: block.height, to: &out) }
        let plane = UnsafeBufferPointer(rebasing: samples[band * pixels..<(band + 1) * pixels])
        appendValues(plane, mask, width: block.width, height: block.height, tolerance: tolerance, to: &out)
      }
      return out
    }
  }

  /// One mask for all bands: a pixel has data when all its samples have; `nil` when all pixels do.
  private static func mask(of block: PixelBlock) -> [UInt8]? {
    switch block.validityWithoutNaN {
    case .all: nil
    case .none: [UInt8](repeating: 0, count: block.width * block.height)
    case .pixels(let mask): mask
    case .samples(let mask):
      (0..<block.width * block.height).map { pixel in
        mask[pixel * block.bands..<(pixel + 1) * block.bands].contains(0) ? 0 : 255
      }
    }
  }

  /// The part that says which pixels hold data: no tiles, and either one count for all or a run-length coded bit mask.
  private static func appendMask(_ mask: [UInt8]?, width: Int, height: Int, to out: inout [UInt8]) {
    let isMixed = mask.map { $0.contains(0) && $0.contains { $0 != 0 } } ?? false
    let runs = isMixed ? runLengths(BitMask.packed(mask, width: width * height, height: 1)) : []
    let count: Float = mask?.allSatisfy { $0 == 0 } == true ? 0 : 1
    appendPart(tilesDown: 0, tilesAcross: 0, bytes: runs, greatest: count, to: &out)
  }

  private static func appendPart(
    tilesDown: Int, tilesAcross: Int, bytes: [UInt8], greatest: Float, to out: inout [UInt8]
  ) {
    for field in [tilesDown, tilesAcross, bytes.count] { out.append(littleEndian: Int32(field)) }
    out.append(littleEndian: greatest.bitPattern)
    out += bytes
  }

  /// Counts of 16 bits, positive before that many bytes as they are, negative before one that is repeated; the least
  /// count ends them.
  private static func runLengths(_ bytes: [UInt8]) -> [UInt8] {
    let most = 32767
    var out: [UInt8] = []
    var literals: [UInt8] = []
    func flush() {
      for start in stride(from: 0, to: literals.count, by: most) {
        let piece = literals[start..<min(start + most, literals.count)]
        out.append(littleEndian: Int16(piece.count))
        out += piece
      }
      literals = []
    }
    var index = 0
    while index < bytes.count {
      var end = index + 1
      while end < bytes.count, end - index < most, bytes[end] == bytes[index] { end += 1 }
      if end - index >= 5 {
        flush()
        out.append(littleEndian: Int16(-(end - index)))
        out.append(bytes[index])
      } else {
        literals += bytes[index..<end]
      }
      index = end
    }
    flush()
    out.append(littleEndian: Int16.min)
    return out
  }

  private static func appendValues(
    _ values: UnsafeBufferPointer<Float>, _ mask: [UInt8]?, width: Int, height: Int, tolerance: Double,
    to out: inout [UInt8]
  ) {
    // The reader cuts a picture into this many tiles of equal size a direction, and one of what remains.
    let (down, across) = (max(1, height / blockSide), max(1, width / blockSide))
    let (tileHeight, tileWidth) = (height / down, width / across)
    var tiles: [UInt8] = []
    var greatest = -Float.infinity
    var valid: [Float] = []
    for top in stride(from: 0, to: height, by: tileHeight) {
      for left in stride(from: 0, to: width, by: tileWidth) {
        valid.removeAll(keepingCapacity: true)
        for row in top..<min(top + tileHeight, height) {
          for column in left..<min(left + tileWidth, width) where mask?[row * width + column] != 0 {
            valid.append(values[row * width + column])
          }
        }
        greatest = max(greatest, valid.max() ?? -.infinity)
        appendTile(valid, tolerance: tolerance, to: &tiles)
      }
    }
    // Esri's reader overlooks a further band of the least length, a single tile of zeros: it gets the longer form.
    if tiles.count == 1 { tiles = [3, 0, 0, 0, 0] }
    appendPart(
      tilesDown: down, tilesAcross: across, bytes: tiles, greatest: greatest.isFinite ? greatest : 0, to: &out)
  }

  /// A tile's values: none or all zero (2), all equal (3), steps of twice the tolerance above the least (1), or as
  /// they are (0) where that is shorter or steps would be too many or too fine.
  private static func appendTile(_ values: [Float], tolerance: Double, to out: inout [UInt8]) {
    guard let low = values.min(), let high = values.max(), low != 0 || high != 0 else {
      out.append(2)
      return
    }
    if low == high {
      out.append(3)
      out.append(littleEndian: low.bitPattern)
      return
    }
    let steps = tolerance > 0 ? ((Double(high) - Double(low)) / (2 * tolerance) + 0.5) : .infinity
    let bits = steps < Double(1 << 28) ? 32 - UInt32(steps).leadingZeroBitCount : 32
    let quantized = values.map {
      steps < Double(1 << 28) ? UInt32((Double($0) - Double(low)) / (2 * tolerance) + 0.5) : 0
    }
    let isHeld = zip(values, quantized).allSatisfy { value, step in
      let read = min(Float(Double(low) + Double(step) * 2 * tolerance), high)
      return abs(Double(read) - Double(value)) <= tolerance
    }
    guard bits < 28, isHeld, values.count * bits + 48 < values.count * 32 else {
      out.append(0)
      for value in values { out.append(littleEndian: value.bitPattern) }
      return
    }
    out.append(1)
    out.append(littleEndian: low.bitPattern)
    // The two upper bits say that the number of values takes one byte (2) or two (1).
    if values.count < 256 {
      out += [UInt8(bits) | 2 << 6, UInt8(values.count)]
    } else {
      out.append(UInt8(bits) | 1 << 6)
      out.append(littleEndian: UInt16(values.count))
    }
    appendStuffed(quantized, bits: bits, to: &out)
  }

  /// Numbers of `bits` bits from the most significant bit of 32-bit words down; of the last word only the bytes in use,
  /// which are its upper ones, follow, least significant first.
  private static func appendStuffed(_ numbers: [UInt32], bits: Int, to out: inout [UInt8]) {
    var word: UInt64 = 0
    var filled = 0
    for number in numbers {
      word = word << UInt64(bits) | UInt64(number)
      filled += bits
      if filled >= 32 {
        out.append(littleEndian: UInt32(truncatingIfNeeded: word >> UInt64(filled - 32)))
        filled -= 32
      }
    }
    guard filled > 0 else { return }
    let bytes = (filled + 7) / 8
    let last = UInt32(truncatingIfNeeded: word << UInt64(32 - filled))
    for byte in (4 - bytes)..<4 { out.append(UInt8(truncatingIfNeeded: last >> UInt32(8 * byte))) }
  }
}
