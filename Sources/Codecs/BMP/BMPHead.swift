/// The form of a Windows bitmap: 24 bits a pixel, or 8 with a colour table.
package struct BMPHead: Sendable {
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int
  /// The colours of values from 0, at most 256; `nil` for red, green, blue in the pixels.
  package let colors: [SIMD4<UInt8>]?
  private let fileBytes: UInt32

  /// A head from its parts; `nil` when the file would not be smaller than 4 GiB.
  package init?(width: Int, height: Int, colors: [SIMD4<UInt8>]?) {
    self.width = width
    self.height = height
    self.colors = colors
    guard Int32(exactly: width) != nil, Int32(exactly: height) != nil else { return nil }
    let (bytes, overflow) = Self.rowBytes(width, colors).multipliedReportingOverflow(by: height)
    guard !overflow, let fileBytes = UInt32(exactly: bytes + Self.size(colors)) else { return nil }
    self.fileBytes = fileBytes
  }

  /// Bytes of a row in the file.
  package var rowBytes: Int { Self.rowBytes(width, colors) }

  /// Bytes before the pixels.
  package var byteCount: Int { Self.size(colors) }

  private static func rowBytes(_ width: Int, _ colors: [SIMD4<UInt8>]?) -> Int {
    (width * (colors == nil ? 3 : 1) + 3) / 4 * 4
  }

  private static func size(_ colors: [SIMD4<UInt8>]?) -> Int { 54 + (colors?.count ?? 0) * 4 }

  /// All before the pixels.
  package var bytes: [UInt8] {
    var head: [UInt8] = [0x42, 0x4D]
    head.append(littleEndian: fileBytes)
    head.append(littleEndian: UInt32(0))
    head.append(littleEndian: UInt32(byteCount))
    head.append(littleEndian: UInt32(40))
    head.append(littleEndian: Int32(truncatingIfNeeded: width))
    head.append(littleEndian: Int32(truncatingIfNeeded: height))
    head.append(littleEndian: UInt16(1))
    head.append(littleEndian: UInt16(colors == nil ? 24 : 8))
    head.append(littleEndian: UInt32(0))
    head.append(littleEndian: UInt32(truncatingIfNeeded: rowBytes * height))
    // 2835 pixels a metre are 72 an inch.
    for field in [2835, 2835, UInt32(colors?.count ?? 0), 0] { head.append(littleEndian: field) }
    for color in colors ?? [] { head += [color.z, color.y, color.x, 0] }
    return head
  }

  /// Rows as they stand in the file: the last one first, blue before green before red, padded to 4 bytes.
  /// - Parameter samples: whole rows of values, or of red, green and blue.
  package func rows(of samples: [UInt8]) -> [UInt8] {
    let (rowBytes, width) = (rowBytes, width)
    let rowSamples = colors == nil ? width * 3 : width
    let height = samples.count / rowSamples
    return [UInt8](unsafeUninitializedCapacity: rowBytes * height) { out, filled in
      out.initialize(repeating: 0)
      samples.withUnsafeBufferPointer { samples in
        for row in 0..<height {
          let (start, first) = ((height &- 1 &- row) &* rowBytes, row &* rowSamples)
          if colors != nil {
            for column in 0..<width { out[start &+ column] = samples[first &+ column] }
            continue
          }
          for column in 0..<width {
            let (to, from) = (start &+ column &* 3, first &+ column &* 3)
            out[to] = samples[from &+ 2]
            out[to &+ 1] = samples[from &+ 1]
            out[to &+ 2] = samples[from]
          }
        }
      }
      filled = rowBytes * height
    }
  }
}
