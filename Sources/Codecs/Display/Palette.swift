/// A picture as at most 256 colours and one index a pixel.
struct Palette {
  /// Red, green, blue, alpha.
  private(set) var colors: [SIMD4<UInt8>]
  /// One byte a pixel.
  private(set) var indices: [UInt8]

  /// The index of the fully transparent colour, if there is one.
  var transparentIndex: Int? { colors.firstIndex { $0.w == 0 } }

  /// The palette that shows the picture exactly; `nil` when it has more than `limit` colours, transparency counted as
  /// one.
  /// - Parameter limit: 1 to 256.
  init?(exact picture: Picture, limit: Int = 256) {
    switch picture.color {
    case .indexed(let given): self.init(indexed: picture, colors: given, limit: limit)
    case .grey, .rgb: self.init(counting: picture, limit: limit)
    }
  }

  /// The palette that shows the picture as well as 256 colours do, by median cut where they are not enough.
  init(nearest picture: Picture) {
    if let exact = Palette(exact: picture) {
      self = exact
      return
    }
    let rgba = picture.rgba()
    var histogram = ColorHistogram()
    rgba.withUnsafeBufferPointer { bytes in
      for at in stride(from: 0, to: bytes.count, by: 4) where bytes[at + 3] != 0 {
        histogram.count(red: bytes[at], green: bytes[at + 1], blue: bytes[at + 2])
      }
    }
    let clear = picture.isOpaque ? 0 : 1
    let cut = histogram.medianCut(into: 256 - clear)
    colors = cut.colors + (clear == 1 ? [.zero] : [])
    let clearIndex = UInt8(truncatingIfNeeded: colors.count - 1)
    indices = [UInt8](unsafeUninitializedCapacity: rgba.count / 4) { out, filled in
      rgba.withUnsafeBufferPointer { bytes in
        for pixel in 0..<out.count {
          let at = pixel * 4
          out[pixel] =
            bytes[at + 3] == 0
            ? clearIndex
            : cut.index[ColorHistogram.cell(red: bytes[at], green: bytes[at + 1], blue: bytes[at + 2])]
        }
      }
      filled = out.count
    }
  }

  /// The colormap's own indices, cut to those in use. All that is transparent gets one of them, a free one if need be.
  private init?(indexed picture: Picture, colors given: [SIMD4<UInt8>], limit: Int) {
    colors = given
    indices = picture.pixels
    var used = [Bool](repeating: false, count: 256)
    for (pixel, index) in indices.enumerated() where picture.mask?[pixel] != 0 { used[Int(index)] = true }
    let isClear = (0..<256).map { used[$0] && given[$0].w == 0 }
    if picture.mask != nil || isClear.contains(true) {
      guard let clear = isClear.firstIndex(of: true) ?? used.firstIndex(of: false) else { return nil }
      colors[clear] = .zero
      for pixel in indices.indices where picture.mask?[pixel] == 0 || isClear[Int(indices[pixel])] {
        indices[pixel] = UInt8(clear)
      }
      used = (0..<256).map { used[$0] && !isClear[$0] || $0 == clear }
    }
    guard used.count(where: { $0 }) <= limit else { return nil }
    if let last = used.lastIndex(of: true) { colors.removeSubrange((last + 1)...) }
    // Unused entries may be transparent in the colormap, but only one entry stands for transparency.
    for index in colors.indices where !used[index] { colors[index].w = 255 }
  }

  /// Numbers colours in the order of their first pixel, in one pass that ends at the first one too many.
  private init?(counting picture: Picture, limit: Int) {
    let count = picture.width * picture.height
    let slots = 1024
    var keys = [UInt32](repeating: 0, count: slots)
    var numbers = [UInt8](repeating: 0, count: slots)
    var found: [SIMD4<UInt8>] = []
    let channels = if case .rgb = picture.color { 3 } else { 1 }
    var indices = [UInt8](repeating: 0, count: count)
    var previousKey: UInt32 = 0
    var previousNumber: UInt8 = 0
    for pixel in 0..<count {
      // The top byte is never 0 in a key, so that 0 is an empty slot.
      var key: UInt32 = 1 << 24
      if picture.mask?[pixel] != 0 {
        let at = pixel &* channels
        let red = UInt32(picture.pixels[at])
        let green = channels == 3 ? UInt32(picture.pixels[at &+ 1]) : red
        let blue = channels == 3 ? UInt32(picture.pixels[at &+ 2]) : red
        key = 0xFF00_0000 | red << 16 | green << 8 | blue
      }
      if key != previousKey {
        var slot = Int((key &* 0x9E37_79B1) >> 22)
        while keys[slot] != key, keys[slot] != 0 { slot = (slot &+ 1) & (slots &- 1) }
        if keys[slot] == 0 {
          guard found.count < limit else { return nil }
          keys[slot] = key
          numbers[slot] = UInt8(found.count)
          let color = SIMD4<UInt8>(
            UInt8(truncatingIfNeeded: key >> 16), UInt8(truncatingIfNeeded: key >> 8), UInt8(truncatingIfNeeded: key),
            255)
          found.append(key == 1 << 24 ? .zero : color)
        }
        previousKey = key
        previousNumber = numbers[slot]
      }
      indices[pixel] = previousNumber
    }
    colors = found
    self.indices = indices
  }
}
