import Codecs
import Pixels

/// The boxes of a JPEG 2000 file that precede the codestream (ISO 15444-1 annex I), with the place as GeoJP2.
struct JP2Boxes {
  let layout: RasterLayout

  /// The brand of JPEG 2000's part 1.
  private static let brand = "jp2 "

  /// The boxes.
  var bytes: [UInt8] {
    Self.box("jP  ", [0x0D, 0x0A, 0x87, 0x0A])
      + Self.box("ftyp", Array(Self.brand.utf8) + [0, 0, 0, 0] + Array(Self.brand.utf8))
      + Self.box("jp2h", imageHeader + colorSpecification + palette)
      + Self.box("uuid", GeoJP2(layout: layout).bytes)
  }

  /// A box with its length and type.
  static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt32(8 + content.count))
    return bytes + Array(type.utf8) + content
  }

  private var imageHeader: [UInt8] {
    var content: [UInt8] = []
    content.append(bigEndian: UInt32(layout.height))
    content.append(bigEndian: UInt32(layout.width))
    content.append(bigEndian: UInt16(layout.bands))
    let signed: UInt8 = layout.pixelType.range.lowerBound < 0 ? 0x80 : 0
    // Bits less one; JPEG 2000's compression; the colour space is known; no rights are reserved.
    return Self.box("ihdr", content + [UInt8(layout.pixelType.bits - 1) | signed, 7, 0, 0])
  }

  private var colorSpecification: [UInt8] {
    let (sRGB, grey): (UInt32, UInt32) = (16, 17)
    // Enumerated, neither preferred nor approximated.
    var content: [UInt8] = [1, 0, 0]
    content.append(bigEndian: layout.bands == 3 || colors != nil ? sRGB : grey)
    return Self.box("colr", content)
  }

  /// The palette, the channels that come of it, and which of them is the opacity; nothing without one.
  private var palette: [UInt8] {
    guard let colors else { return [] }
    let hasOpacity = colors.contains { $0.w != 255 }
    let channels = hasOpacity ? 4 : 3
    var entries: [UInt8] = []
    entries.append(bigEndian: UInt16(colors.count))
    entries += [UInt8(channels)] + [UInt8](repeating: 7, count: channels)
    for color in colors { entries += (0..<channels).map { color[$0] } }
    // The first component, mapped through each column.
    let mapping = (0..<channels).flatMap { [0, 0, 1, UInt8($0)] as [UInt8] }
    var definition: [UInt8] = []
    if hasOpacity {
      definition.append(bigEndian: UInt16(channels))
      for channel in 0..<channels {
        // Its number; colour or opacity; the colour it is, or the whole picture.
        let isColor = channel < 3
        for value in [channel, isColor ? 0 : 1, isColor ? channel + 1 : 0] {
          definition.append(bigEndian: UInt16(value))
        }
      }
    }
    return Self.box("pclr", entries) + Self.box("cmap", mapping) + (hasOpacity ? Self.box("cdef", definition) : [])
  }

  private var colors: [SIMD4<UInt8>]? {
    guard layout.bands == 1, let colormap = layout.colormap, !colormap.isEmpty, layout.pixelType.bits <= 8
    else { return nil }
    return Array(colormap.prefix(1 << layout.pixelType.bits))
  }
}
