import Pixels

/// The headers of a NITF 2.1 file with one image (MIL-STD-2500C, tables A-1 and A-3).
struct NITFHead {
  let layout: RasterLayout
  let grid: NITFGrid

  private static let fileHeaderBytes = 404
  /// The greatest length of an image that its field of ten digits says; all nines mean something else.
  static let greatestImage = 9_999_999_998
  /// A clock would make two files of one raster differ.
  private static let unknownTime = "--------------"

  /// The file header and the image subheader; the image's blocks follow them.
  var bytes: [UInt8] {
    let image = imageSubheader
    return fileHeader(imageSubheaderBytes: image.count) + image
  }

  private func fileHeader(imageSubheaderBytes: Int) -> [UInt8] {
    let length = Self.fileHeaderBytes + imageSubheaderBytes + grid.byteCount
    var fields = NITFFields()
    fields.append("NITF02.10", 9)
    fields.append(complexity(fileBytes: length), 2)
    fields.append("BF01", 4)
    fields.append("MockArcGIS", 10)
    fields.append(Self.unknownTime, 14)
    fields.append("", 80)
    fields.appendUnclassified()
    // Copy number and number of copies, encryption, background colour.
    for digits in [5, 5, 1] { fields.append(0, digits) }
    fields.append(bytes: [0, 0, 0])
    // Originator's name and telephone.
    fields.append("", 24 + 18)
    fields.append(length, 12)
    fields.append(Self.fileHeaderBytes, 6)
    fields.append(1, 3)
    fields.append(imageSubheaderBytes, 6)
    fields.append(grid.byteCount, 10)
    // No graphics, reserved segments, texts, data extensions, reserved extensions; no header data.
    for digits in [3, 3, 3, 3, 3, 5, 5] { fields.append(0, digits) }
    return fields.bytes
  }

  private var imageSubheader: [UInt8] {
    let location = NITFLocation(layout)
    var fields = NITFFields()
    fields.append("IM", 2)
    fields.append("RASTER", 10)
    fields.append(Self.unknownTime, 14)
    fields.append("", 17 + 80)
    fields.appendUnclassified()
    fields.append(0, 1)
    fields.append("", 42)
    fields.append(layout.height, 8)
    fields.append(layout.width, 8)
    fields.append(valueType, 3)
    fields.append(representation.image, 8)
    fields.append(layout.bands == 1 || representation.image == "RGB" ? "VIS" : "MS", 8)
    fields.append(layout.pixelType.bits, 2)
    fields.append("R", 1)
    fields.append(location.system, 1)
    fields.append(location.corners, location.corners.utf8.count)
    // No comments, no compression.
    fields.append(0, 1)
    fields.append("NC", 2)
    appendBands(to: &fields)
    fields.append(0, 1)
    fields.append("B", 1)
    for count in [grid.columns, grid.rows, grid.blockWidth, grid.blockHeight] { fields.append(count, 4) }
    fields.append(grid.bits, 2)
    // Display and attachment level, location and magnification.
    fields.append(1, 3)
    fields.append(0, 3 + 10)
    fields.append("1.0", 4)
    for digits in [5, 5] { fields.append(0, digits) }
    return fields.bytes
  }

  private func appendBands(to fields: inout NITFFields) {
    if layout.bands < 10 {
      fields.append(layout.bands, 1)
    } else {
      fields.append(0, 1)
      fields.append(layout.bands, 5)
    }
    for band in 0..<layout.bands {
      fields.append(band < representation.bands.count ? representation.bands[band] : "", 2)
      fields.append("", 6)
      // No filter.
      fields.append("N", 1)
      fields.append("", 3)
      guard let colors else {
        fields.append(0, 1)
        continue
      }
      fields.append(3, 1)
      fields.append(colors.count, 5)
      for channel in [\SIMD4<UInt8>.x, \.y, \.z] { fields.append(bytes: colors.map { $0[keyPath: channel] }) }
    }
  }

  /// The colours of every value that a sample can have.
  private var colors: [SIMD4<UInt8>]? {
    guard layout.bands == 1, let colormap = layout.colormap else { return nil }
    switch layout.pixelType {
    case .u1, .u2, .u4, .u8:
      return (0..<1 << layout.pixelType.bits).map { $0 < colormap.count ? colormap[$0] : SIMD4(0, 0, 0, 255) }
    case .s8, .u16, .s16, .u32, .s32, .f32, .f64: return nil
    }
  }

  /// What the image and its bands stand for (IREP, IREPBAND).
  private var representation: (image: String, bands: [String]) {
    if colors != nil { return ("RGB/LUT", ["LU"]) }
    if layout.bands == 1 { return ("MONO", ["M"]) }
    return layout.bands == 3 && layout.pixelType == .u8 ? ("RGB", ["R", "G", "B"]) : ("MULTI", [])
  }

  /// What kind of number a sample is (PVTYPE).
  private var valueType: String {
    switch layout.pixelType {
    case .u1, .u2, .u4, .u8, .u16, .u32: "INT"
    case .s8, .s16, .s32: "SI"
    case .f32, .f64: "R"
    }
  }

  /// The complexity level that a file of this size has (MIL-STD-2500C, table A-10).
  private func complexity(fileBytes: Int) -> Int {
    let side = max(layout.width, layout.height)
    if side <= 2048, fileBytes < 50 << 20, layout.bands <= 9 { return 3 }
    if side <= 8192, fileBytes < 1 << 30, layout.bands <= 255 { return 5 }
    if side <= 65_536, fileBytes < 2 << 30, layout.bands <= 255 { return 6 }
    return side <= 99_999_999 && fileBytes < 10_000_000_000 && layout.bands <= 999 ? 7 : 9
  }
}
