import Spatial

/// Reads the folder `esriinfo` of a `.tpk` or `.vtpk` (tile packages, 8 and 10).
struct ItemReader {
  private let texts: XMLLeaves
  private let thumbnail: [UInt8]

  /// `nil` when there is no such folder, or its document can't be read: tiles can be served without.
  init?(_ source: any CacheSource) {
    guard let document = try? source.bytes("esriinfo/iteminfo.xml", limit: 1 << 20), let texts = XMLLeaves(document)
    else { return nil }
    self.texts = texts
    thumbnail = (try? source.bytes("esriinfo/thumbnail/thumbnail.png", limit: 1 << 20)).flatMap { $0 } ?? []
  }

  /// A description with what the package says as an item of a portal.
  func completed(_ description: TileCacheDescription) -> TileCacheDescription {
    var result = description
    result.summary = text("summary") ?? text("snippet") ?? result.summary
    result.copyrightText = text("accessinformation") ?? result.copyrightText
    result.tags = (text("tags") ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
    result.identifier = (text("guid") ?? "").filter(\.isHexDigit).lowercased()
    result.thumbnail = thumbnail
    if let xmin = texts.number("extent/xmin"), let ymin = texts.number("extent/ymin"),
      let xmax = texts.number("extent/xmax"), let ymax = texts.number("extent/ymax"),
      let extent = TileCacheDescription.usable(Envelope(xmin: xmin, ymin: ymin, xmax: xmax, ymax: ymax))
    {
      result.geographicExtent = extent
    }
    return result
  }

  private func text(_ name: String) -> String? {
    guard let text = texts.first("ESRI_ItemInformation/" + name), !text.isEmpty else { return nil }
    return text
  }
}
