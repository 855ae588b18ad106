import Codecs
import Spatial

/// GDAL's "persistent auxiliary metadata" (`.aux.xml`), which Esri reads and writes too.
struct AuxiliaryMetadata {
  /// What it tells.
  enum Content: Sendable, Hashable {
    /// Spatial reference, place and values without data: of a format that has no place for any of it.
    case everything
    /// The values that mean no data.
    case noData
    /// The values that mean no data where bands differ in it: of a format that has a place for one value.
    case differingNoData
  }

  private let layout: RasterLayout
  private let content: Content

  init(_ layout: RasterLayout, _ content: Content) {
    self.layout = layout
    self.content = content
  }

  /// The file's text; `nil` when it has nothing to tell.
  var text: String? {
    let bands = content == .differingNoData && layout.commonNoData != nil ? [] : noData
    if content != .everything, bands.isEmpty { return nil }
    let place = content == .everything ? [reference, transform] : []
    return (["<PAMDataset>"] + place + bands + ["</PAMDataset>"]).map { $0 + "\n" }.joined()
  }

  /// The spatial reference. Readers take x before y where no order of axes is told.
  private var reference: String {
    let reference = layout.georeference.spatialReference
    return "  <SRS>\(Self.escaped(reference.wkt1 ?? reference.esriWKT))</SRS>"
  }

  private var transform: String {
    let place = layout.georeference
    let numbers = [place.originX, place.pixelWidth, 0, place.originY, 0, -place.pixelHeight].map { "\($0)" }
    return "  <GeoTransform>\(numbers.joined(separator: ", "))</GeoTransform>"
  }

  private var noData: [String] {
    layout.noData.enumerated().compactMap { index, value in
      guard let value else { return nil }
      let text = TIFFNoData.text(value, layout.pixelType)
      return "  <PAMRasterBand band=\"\(index + 1)\"><NoDataValue>\(text)</NoDataValue></PAMRasterBand>"
    }
  }

  /// Text in XML; characters that XML can't have are left out.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<" ", "\u{FFFE}"..."\u{FFFF}": continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
