import JSONValue
import Testing

@Suite("The Services Directory's pages work", .servingSampleData)
struct DirectoryPageTests {
  /// The addresses in attributes, with the markup's escapes undone.
  static func addresses(_ page: String) -> [String] {
    ["href=\"", "src=\"", "action=\""].flatMap { start in
      page.split(separator: start).dropFirst().compactMap {
        $0.split(separator: "\"", omittingEmptySubsequences: false).first
      }
    }.map { String($0).replacing("&amp;", with: "&").replacing("&#x2F;", with: "/").replacing("&#x3D;", with: "=") }
  }

  /// An address on a page, as a browser makes it absolute.
  static func resolved(_ address: String, on page: String) -> String? {
    if address.hasPrefix("/") { return address }
    if address.hasPrefix("?") { return String(page.prefix { $0 != "?" }) + address }
    if address.isEmpty || address.hasPrefix("#") || address.hasPrefix("data:") { return nil }
    guard let scheme = address.firstRange(of: "://") else {
      return page.prefix { $0 != "?" }.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + address
    }
    let rest = address[scheme.upperBound...]
    return rest.hasPrefix("127.0.0.1:") ? String(rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]) : nil
  }

  @Test("every link leads to an answer, from the root down to each operation")
  func links() throws {
    var waiting = ["/arcgis/rest/services"]
    var seen: Set<String> = []
    while let path = waiting.popLast() {
      guard seen.insert(path).inserted, seen.count < 1000 else { continue }
      let answer = try server().get(path)
      #expect(answer.status == 200, "\(path)")
      guard answer.mediaType == "text/html" else { continue }
      #expect(answer.text.hasPrefix("<!DOCTYPE html>") && answer.text.contains("</html>"), "\(path)")
      #expect(answer.text.contains("ArcGIS REST Services Directory"), "\(path)")
      // Only a map of vector tiles needs one.
      #expect(answer.text.contains("<script") == path.hasSuffix("/VectorTileServer"), "\(path)")
      #expect(!answer.text.contains("Code: 4") && !answer.text.contains("Code: 5"), "\(path)")
      waiting += Self.addresses(answer.text).compactMap { Self.resolved($0, on: path) }
    }
    for path in [
      "BlueMarble/ImageServer", "Olinda", "Olinda/OlindaDEM/ImageServer", "Landsat7/ImageServer/exportImage",
    ] {
      #expect(seen.contains("/arcgis/rest/services/\(path)"), "\(path) is found by links")
    }
  }

  @Test("the form of exportImage has a field for every parameter, in the order of a live server")
  func form() throws {
    let page = try server().get("Landsat7/ImageServer/exportImage").text
    let names = page.split(separator: " name=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first.map(String.init)
    }
    let documented = [
      "bbox", "bboxSR", "size", "imageSR", "time", "format", "pixelType", "noData", "noDataInterpretation",
      "interpolation", "compression", "compressionQuality", "bandIds", "sliceId", "mosaicRule", "renderingRule",
      "adjustAspectRatio", "validateExtent", "lercVersion", "compressionTolerance", "f",
    ]
    #expect(names.filter(documented.contains) == documented)
    #expect(page.contains("Bounding Box") && page.contains("Export Image (Landsat7)"))
    #expect(page.contains("method=\"get\"") && page.lowercased().contains("method=\"post\""))
  }

  @Test("the form, sent as it is with a box, shows the picture and its numbers")
  func sentForm() throws {
    let page = try server().get("Landsat7/ImageServer/exportImage").text
    let names = Set(
      page.split(separator: " name=\"").dropFirst().compactMap { $0.split(separator: "\"").first.map(String.init) })
    var parameters: Parameters = ["bbox": "289000,9111000,297000,9119000", "f": "html"]
    for name in names where !["bbox", "f"].contains(name) { parameters.pairs.append((name, "")) }
    for answer in [
      try server().get("Landsat7/ImageServer/exportImage", parameters),
      try server().post("Landsat7/ImageServer/exportImage", parameters),
    ] {
      #expect(answer.status == 200 && answer.mediaType == "text/html")
      let pictures = Self.addresses(answer.text).filter { $0.contains("/rest/directories/") }
      let path = try #require(pictures.first.flatMap { Self.resolved($0, on: "/") })
      let picture = try server().get(path)
      #expect(picture.status == 200 && picture.mediaType?.hasPrefix("image/") == true)
      #expect(answer.text.contains("400") && answer.text.contains("289000"))
    }
  }

  @Test("errors are pages that say the code, the message and the parameter")
  func errors() throws {
    let page = try server().get("Landsat7/ImageServer/exportImage?bbox=1,2,3&f=html")
    #expect(page.mediaType == "text/html")
    #expect(page.text.contains("Error: Invalid or missing input parameters.") && page.text.contains("Code: 400"))
    #expect(page.text.contains("bbox"))
    let missing = try server().get("Nowhere/ImageServer")
    #expect(missing.status == 404 && missing.mediaType == "text/html")
    #expect(missing.text.contains("Code: 404"))
  }

  @Test(
    "nothing that a request says gets into a page as markup",
    arguments: [
      "Landsat7/ImageServer/exportImage?bbox=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
      "Landsat7/ImageServer/exportImage?bbox=0,0,1,1&mosaicRule=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
      "%3Cscript%3Ealert(1)%3C%2Fscript%3E/ImageServer", "%3Cscript%3E", "Landsat7/ImageServer/%22%3E%3Cscript%3E",
      "Landsat7/ImageServer?x=%3Cscript%3E&f=html", "/arcgis/%3Cscript%3E",
    ])
  func escaping(_ path: String) throws {
    for headers in [[], [("X-Forwarded-Prefix", "/\"><script>")], [("X-Forwarded-Host", "\"><script>")]] {
      #expect(!(try server().get(path, headers: headers).text.contains("<script>")))
    }
  }

  @Test("addresses on pages carry a proxy's prefix")
  func prefix() throws {
    let page = try server().get("", headers: [("X-Forwarded-Prefix", "/gis")]).text
    let links = Self.addresses(page).filter { $0.contains("/rest/services") }
    #expect(!links.isEmpty && links.allSatisfy { $0.contains("/gis/arcgis/rest/services") }, "\(links)")
  }
}
