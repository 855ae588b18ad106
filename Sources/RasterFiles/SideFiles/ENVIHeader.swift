import Codecs
import Pixels

/// ENVI's header: what the bytes of the file mean, and where the raster lies.
struct ENVIHeader {
  private let layout: RasterLayout

  init(_ layout: RasterLayout) { self.layout = layout }

  /// ENVI's code of a pixel type; `nil` where it has none.
  static func dataType(of type: PixelType) -> Int? {
    switch type {
    case .u1, .u2, .u4, .u8: 1
    case .s8: nil
    case .s16: 2
    case .s32: 3
    case .f32: 4
    case .f64: 5
    case .u16: 12
    case .u32: 13
    }
  }

  /// The file's text.
  var text: String {
    let colormap = layout.bands == 1 ? layout.colormap : nil
    var lines = [
      "ENVI", "samples = \(layout.width)", "lines = \(layout.height)", "bands = \(layout.bands)",
      "header offset = 0", "file type = ENVI \(colormap == nil ? "Standard" : "Classification")",
      "data type = \(Self.dataType(of: layout.pixelType) ?? 0)", "interleave = bsq", "byte order = 0", mapInfo,
      "coordinate system string = {\(Self.quoted(layout.georeference.spatialReference.esriWKT))}",
    ]
    if let value = layout.commonNoData {
      lines.append("data ignore value = \(TIFFNoData.text(value, layout.pixelType))")
    }
    if let colormap {
      let colors = colormap.map { "\($0.x), \($0.y), \($0.z)" }
      lines += [
        "classes = \(colormap.count)", "class lookup = {\(colors.joined(separator: ", "))}",
        "class names = {\(colormap.indices.map { "\($0)" }.joined(separator: ", "))}",
      ]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The outer corner of the first pixel, which has the number 1, and the pixel size. What the coordinates mean says the
  /// coordinate system string.
  private var mapInfo: String {
    let place = layout.georeference
    let isGeographic = place.spatialReference.isGeographic
    let numbers = [place.originX, place.originY, place.pixelWidth, place.pixelHeight].map { "\($0)" }
    return "map info = {\(isGeographic ? "Geographic Lat/Lon" : "Arbitrary"), 1, 1, "
      + numbers.joined(separator: ", ") + (isGeographic ? ", units=Degrees}" : "}")
  }

  /// A value without what would end it.
  private static func quoted(_ text: String) -> String {
    String(text.map { $0 == "{" ? "(" : $0 == "}" ? ")" : $0.isNewline ? " " : $0 })
  }
}
