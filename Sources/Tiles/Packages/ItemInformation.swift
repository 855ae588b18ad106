/// The folder `esriinfo` of a `.tpk` or `.vtpk`: the package as an item of a portal (tile packages, 8 and 10).
struct ItemInformation {
  /// Which kind of package.
  enum Kind {
    case tile
    case vector

    var type: String {
      switch self {
      case .tile: "Tile Package"
      case .vector: "Vector Tile Package"
      }
    }

    var version: String {
      switch self {
      case .tile: "10.3"
      case .vector: "11.2"
      }
    }

    var keywords: [String] {
      switch self {
      case .tile: ["Data", "Tile Package", "ArcMap", "ArcGlobe", "tpk"]
      case .vector: ["Data", "Vector Tile Package", "vtpk"]
      }
    }
  }

  let kind: Kind
  let description: TileCacheDescription
  /// The name of the package's file, without the ending.
  let fileStem: String

  /// `item.pkinfo`.
  var packageInformation: String {
    let lines = [
      "<pkinfo Culture='en-US'>", XMLText.element("ID", description.guid), XMLText.element("name", fileStem),
      XMLText.element("version", kind.version), XMLText.element("size", -1), XMLText.element("created", ""),
      XMLText.element("type", kind.type), XMLText.element("servable", "false"),
      XMLText.element("packagelocation", ""), XMLText.element("pkinfolocation", ""),
    ]
    let documents = ["<documenttypes>", XMLText.element("documenttype", "Lyr"), "</documenttypes>"]
    let style =
      #"<?xml-stylesheet type="text/xsl" href="http://www.arcgisonline.com/home/pkinfostylesheet.xsl"?>"#
    return Self.text([XMLText.declaration, style] + lines + (kind == .vector ? documents : []) + ["</pkinfo>"])
  }

  /// `iteminfo.xml`.
  var itemInformation: String {
    let isVector = kind == .vector
    var lines = [
      XMLText.declaration, "<ESRI_ItemInformation Culture='en-US'>", XMLText.element("name", fileStem),
      XMLText.element("guid", description.guid),
    ]
    if isVector {
      lines += [XMLText.element("version", "1.0"), XMLText.element("created", ""), XMLText.element("modified", "")]
    }
    lines += [
      XMLText.element("catalogpath", ""), XMLText.element("snippet", description.summary),
      XMLText.element("description", description.summary), XMLText.element("summary", description.summary),
      XMLText.element("title", description.name),
      XMLText.element("tags", description.tags.joined(separator: ",")), XMLText.element("type", kind.type),
      "<typekeywords>",
    ]
    lines += kind.keywords.map { XMLText.element("typekeyword", $0) }
    lines += [
      "</typekeywords>",
      XMLText.element("thumbnail", description.thumbnail.isEmpty ? "" : "thumbnail/thumbnail.png"),
      XMLText.element("documentation", ""), XMLText.element("url", ""),
    ]
    if !isVector { lines.append(XMLText.element("datalastmodifiedtime", "")) }
    let extent = description.geographicExtent
    lines += [
      "<extent>", XMLText.element("xmin", extent.xmin), XMLText.element("ymin", extent.ymin),
      XMLText.element("xmax", extent.xmax), XMLText.element("ymax", extent.ymax), "</extent>",
      XMLText.element("spatialreference", description.scheme.spatialReference.name),
    ]
    if isVector {
      lines += [
        XMLText.element("minScale", description.minScale), XMLText.element("maxScale", description.maxScale),
        XMLText.element("datalastModifiedTime", ""),
      ]
    }
    lines += [
      XMLText.element("accessinformation", description.copyrightText), XMLText.element("licenseinfo", ""),
      "</ESRI_ItemInformation>",
    ]
    return Self.text(lines)
  }

  /// Writes the folder.
  func write(to output: any CacheOutput) throws(TileCacheError) {
    try output.add("esriinfo/item.pkinfo", packageInformation)
    try output.add("esriinfo/iteminfo.xml", itemInformation)
    if !description.thumbnail.isEmpty { try output.add("esriinfo/thumbnail/thumbnail.png", description.thumbnail) }
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
