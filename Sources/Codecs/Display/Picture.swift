import Pixels

/// What a picture format draws of a block: one grey or indexed band, or three colour bands, and which pixels show.
struct Picture {
  /// What the bytes of a pixel mean.
  enum Color {
    /// One byte a pixel, from black to white.
    case grey
    /// One byte a pixel, the number of a colour: red, green, blue, alpha. There are 256 of them.
    case indexed([SIMD4<UInt8>])
    /// Three bytes a pixel: red, green, blue.
    case rgb
  }

  let width: Int
  let height: Int
  let color: Color
  /// `width * height` pixels of one or three bytes.
  let pixels: [UInt8]
  /// One byte a pixel, 0 where it is transparent; `nil` when all pixels hold data.
  let mask: [UInt8]?

  /// The first band (grey, or coloured by `colormap` if the block has one band only) or the first three.
  init(_ block: PixelBlock, colormap: [SIMD4<UInt8>]?) {
    width = block.width
    height = block.height
    let mask = block.pixelMask
    self.mask = mask?.contains(0) == true ? mask : nil
    switch block.bands {
    case 1:
      pixels = block.samples
      if let colormap {
        let missing = [SIMD4<UInt8>](repeating: .zero, count: max(0, 256 - colormap.count))
        color = .indexed(colormap.prefix(256) + missing)
      } else {
        color = .grey
      }
    case 2:
      pixels = Self.first(1, of: block)
      color = .grey
    case 3:
      pixels = block.samples
      color = .rgb
    default:
      pixels = Self.first(3, of: block)
      color = .rgb
    }
  }

  /// Whether every pixel shows fully.
  var isOpaque: Bool {
    guard mask == nil else { return false }
    guard case .indexed(let colors) = color else { return true }
    if colors.allSatisfy({ $0.w == 255 }) { return true }
    return pixels.allSatisfy { colors[Int($0)].w == 255 }
  }

  /// Three bytes a pixel, laid over `background`.
  func rgb(over background: SIMD3<UInt8>) -> [UInt8] {
    if case .rgb = color, mask == nil { return pixels }
    return expanded(channels: 3) { color in
      let (over, under) = (SIMD4<UInt32>(truncatingIfNeeded: color), SIMD3<UInt32>(truncatingIfNeeded: background))
      let blended = SIMD3(over.x, over.y, over.z) &* over.w &+ under &* (255 &- over.w) &+ 127
      let shown = SIMD3<UInt8>(truncatingIfNeeded: blended / 255)
      return SIMD4(shown.x, shown.y, shown.z, 255)
    }
  }

  /// One byte a pixel, laid over `background`, when the picture is grey; otherwise `nil`.
  func grey(over background: UInt8) -> [UInt8]? {
    guard case .grey = color else { return nil }
    guard let mask else { return pixels }
    return zip(pixels, mask).map { $1 == 0 ? background : $0 }
  }

  /// Four bytes a pixel; transparent ones are all zeros.
  func rgba() -> [UInt8] { expanded(channels: 4) { $0.w == 0 ? .zero : $0 } }

  /// The picture with `channels` bytes a pixel: the first ones of what `show` makes of its colour.
  @inline(__always)
  private func expanded(channels: Int, _ show: (SIMD4<UInt8>) -> SIMD4<UInt8>) -> [UInt8] {
    let count = width * height
    let clear = show(.zero)
    let table: [SIMD4<UInt8>]? =
      switch color {
      case .rgb: nil
      case .grey: (0...255).map { show(SIMD4($0, $0, $0, 255)) }
      case .indexed(let colors): colors.map(show)
      }
    return [UInt8](unsafeUninitializedCapacity: count * channels) { out, filled in
      pixels.withUnsafeBufferPointer { pixels in
        for pixel in 0..<count {
          var shown: SIMD4<UInt8>
          if let table {
            shown = table[Int(pixels[pixel])]
          } else {
            shown = SIMD4(pixels[pixel &* 3], pixels[pixel &* 3 &+ 1], pixels[pixel &* 3 &+ 2], 255)
          }
          if let mask, mask[pixel] == 0 { shown = clear }
          let at = pixel &* channels
          out[at] = shown.x
          out[at &+ 1] = shown.y
          out[at &+ 2] = shown.z
          if channels == 4 { out[at &+ 3] = shown.w }
        }
      }
      filled = count * channels
    }
  }

  private static func first(_ kept: Int, of block: PixelBlock) -> [UInt8] {
    let bands = block.bands
    let count = block.width * block.height
    return [UInt8](unsafeUninitializedCapacity: count * kept) { out, filled in
      block.samples.withUnsafeBufferPointer { samples in
        for pixel in 0..<count {
          for band in 0..<kept { out[pixel &* kept &+ band] = samples[pixel &* bands &+ band] }
        }
      }
      filled = count * kept
    }
  }
}
