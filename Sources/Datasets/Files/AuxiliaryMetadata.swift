/// The elements of GDAL's `.aux.xml` that say where a raster lies and what is no data in it.
struct AuxiliaryMetadata {
  private let text: Substring

  init(_ text: String) { self.text = text[...] }

  /// The text of the first element of a name, entities resolved.
  func element(_ name: String) -> String? { Self.element(name, in: text)?.text }

  /// Nodata values by band index.
  var noData: [Int: Double] {
    var values: [Int: Double] = [:]
    var rest = text
    while let band = Self.element("PAMRasterBand", in: rest) {
      rest = band.rest
      guard let quote = band.attributes.firstRange(of: "band=\""),
        let number = Int(band.attributes[quote.upperBound...].prefix { $0 != "\"" }), number > 0,
        let value = Self.element("NoDataValue", in: band.content)?.text.trimmed(\.isWhitespace)
      else { continue }
      values[number - 1] = value.lowercased().hasSuffix("nan") ? .nan : Double(value)
    }
    return values
  }

  private struct Element {
    var attributes: Substring
    var content: Substring
    var rest: Substring
    var text: String { AuxiliaryMetadata.resolved(content) }
  }

  private static func element(_ name: String, in text: Substring) -> Element? {
    var search = text
    while let start = search.firstRange(of: "<" + name) {
      search = search[start.upperBound...]
      guard let next = search.first, next == ">" || next.isWhitespace else { continue }
      // What is not closed ends the search: looking for the end of every start tag would take forever.
      guard let open = search.firstIndex(of: ">"), let close = search.firstRange(of: "</" + name + ">"),
        close.lowerBound > open
      else { return nil }
      return Element(
        attributes: search[..<open], content: search[search.index(after: open)..<close.lowerBound],
        rest: search[close.upperBound...])
    }
    return nil
  }

  private static func resolved(_ text: Substring) -> String {
    String(text).replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }
}
