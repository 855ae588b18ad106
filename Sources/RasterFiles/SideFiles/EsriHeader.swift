import Codecs

/// The header of BIL, BSQ and BIP in Esri's syntax: what the bytes of the file mean, and where the raster lies.
struct EsriHeader {
  private let layout: RasterLayout
  private let form: RawForm

  init(_ layout: RasterLayout, as format: RasterFormat) {
    self.layout = layout
    form = RawForm(layout, as: format)
  }

  /// The file's text.
  var text: String {
    let place = layout.georeference
    let isSigned = layout.pixelType.range.lowerBound < 0
    var fields: [(String, String)] = [
      ("BYTEORDER", "I"), ("LAYOUT", form.interleaving.rawValue), ("NROWS", "\(layout.height)"),
      ("NCOLS", "\(layout.width)"), ("NBANDS", "\(layout.bands)"), ("NBITS", "\(form.bits)"),
      ("BANDROWBYTES", "\(form.bandRowBytes)"), ("TOTALROWBYTES", "\(form.totalRowBytes)"),
      ("PIXELTYPE", layout.pixelType.isFloatingPoint ? "FLOAT" : isSigned ? "SIGNEDINT" : "UNSIGNEDINT"),
      ("SKIPBYTES", "0"),
      // The centre of the north-western pixel.
      ("ULXMAP", "\(place.originX + place.pixelWidth / 2)"), ("ULYMAP", "\(place.originY - place.pixelHeight / 2)"),
      ("XDIM", "\(place.pixelWidth)"), ("YDIM", "\(place.pixelHeight)"),
    ]
    if let value = layout.commonNoData { fields.append(("NODATA", TIFFNoData.text(value, layout.pixelType))) }
    return fields.map { $0.padding(to: 14) + $1 + "\n" }.joined()
  }
}

extension String {
  /// The text with spaces behind it.
  fileprivate func padding(to count: Int) -> String { self + String(repeating: " ", count: max(1, count - utf8.count)) }
}
