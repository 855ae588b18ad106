import Codecs

/// A codestream of one tile, as the library writes it (ISO 15444-1 annex A): main header, tile-part, end.
struct JP2Codestream {
  let bytes: [UInt8]

  private enum Marker: UInt16 {
    case start = 0xFF4F
    case size = 0xFF51
    case tilePart = 0xFF90
    case end = 0xFFD9
  }

  /// The main header of the image's codestream: this one's, which says how a tile is coded, with the image's size and tiles.
  func mainHeader(of grid: JP2Grid) throws(RasterFileError) -> [UInt8] {
    guard let end = tilePartOffset, number(at: 2) == Marker.size.rawValue else { throw Self.unknownForm }
    // Behind start, marker, length and capabilities: the image's lower right and upper left corner on the reference grid,
    // the size of a tile, and the first tile's corner.
    var sizes: [UInt8] = []
    for value in [grid.width, grid.height, 0, 0, grid.tileWidth, grid.tileHeight, 0, 0] {
      sizes.append(bigEndian: UInt32(truncatingIfNeeded: value))
    }
    let first = 8
    guard first + sizes.count <= end else { throw Self.unknownForm }
    return bytes[..<first] + sizes + bytes[(first + sizes.count)..<end]
  }

  /// The tile's part with another number of the tile.
  func tilePart(number: Int) throws(RasterFileError) -> [UInt8] {
    let endBytes = 2
    guard let start = tilePartOffset, start + 6 <= bytes.count - endBytes,
      self.number(at: bytes.count - endBytes) == Marker.end.rawValue
    else { throw Self.unknownForm }
    // The number follows marker and length.
    var part = Array(bytes[start..<bytes.count - endBytes])
    part[4] = UInt8(truncatingIfNeeded: number >> 8)
    part[5] = UInt8(truncatingIfNeeded: number)
    return part
  }

  /// Where the main header ends; `nil` for what is no codestream.
  private var tilePartOffset: Int? {
    guard number(at: 0) == Marker.start.rawValue else { return nil }
    var offset = 2
    while let marker = number(at: offset), marker != Marker.tilePart.rawValue {
      guard let length = number(at: offset + 2), length >= 2 else { return nil }
      offset += 2 + Int(length)
    }
    return offset + 2 <= bytes.count ? offset : nil
  }

  private func number(at offset: Int) -> UInt16? {
    offset >= 0 && offset + 2 <= bytes.count ? UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1]) : nil
  }

  private static let unknownForm = RasterFileError.library("OpenJPEG wrote a codestream of an unknown form")
}
