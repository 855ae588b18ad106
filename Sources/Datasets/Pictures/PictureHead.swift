import Pixels

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

  /// Whether pixels are transparent by their palette entry or by their colour. A single grey is a nodata value instead.
  var hidesByColour: Bool {
    colormap?.contains { $0.w == 0 } ?? false || (transparent != nil && bands > 1)
  }

  /// Parts decoded rows into samples without alpha and which pixels are not wholly transparent, 0 or 255 each; `nil`
  /// where the picture has no transparency.
  func separate(_ rows: [UInt8]) -> (samples: [UInt8], transparency: [UInt8]?) {
    let size = sample.pixelType.stride
    let pixelBytes = samples * size
    let count = rows.count / pixelBytes
    if hasAlpha {
      let bandBytes = bands * size
      var colours = [UInt8](repeating: 0, count: count * bandBytes)
      var alpha = [UInt8](repeating: 0, count: count)
      for pixel in 0..<count {
        let from = pixel * pixelBytes
        for byte in 0..<bandBytes { colours[pixel * bandBytes + byte] = rows[from + byte] }
        for byte in bandBytes..<pixelBytes where rows[from + byte] != 0 { alpha[pixel] = 255 }
      }
      return (colours, alpha)
    }
    if let colormap, hidesByColour {
      return (rows, rows.map { Int($0) < colormap.count && colormap[Int($0)].w == 0 ? 0 : 255 })
    }
    guard let transparent, hidesByColour else { return (rows, nil) }
    let hidden = transparent.flatMap { value in
      size == 1 ? [UInt8(truncatingIfNeeded: value)] : ByteOrder.host.bytes(UInt16(truncatingIfNeeded: value))
    }
    let mask = (0..<count).map { pixel -> UInt8 in
      rows[(pixel * pixelBytes)..<((pixel + 1) * pixelBytes)].elementsEqual(hidden) ? 0 : 255
    }
    return (rows, mask)
  }
}
