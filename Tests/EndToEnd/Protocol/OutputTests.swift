import JSONValue
import Testing

@Suite("What f=json points to is a file that can be fetched", .servingSampleData)
struct OutputTests {
  static let parameters: Parameters = [
    "bbox": "289000,9111000,297000,9119000", "size": "40,30", "format": "png32",
  ]

  func export(_ more: Parameters = [:], headers: [(String, String)] = []) throws -> HTTPAnswer {
    try server().get("Landsat7/ImageServer/exportImage", Self.parameters + ["f": "json"] + more, headers: headers)
  }

  @Test("members come in the documented order, with the size and scale 0")
  func members() throws {
    let answer = try export()
    #expect(answer.json.object?.map(\.name) == ["href", "width", "height", "extent", "scale"])
    #expect(answer.json["width"] == 40 && answer.json["height"] == 30 && answer.json["scale"] == 0)
    #expect(
      answer.json["extent"]?.object?.map(\.name) == ["xmin", "ymin", "xmax", "ymax", "spatialReference"])
  }

  @Test(
    "the file is named as ArcGIS Server names it, and has the bytes of f=image",
    arguments: [
      ("jpg", "jpg", "image/jpeg"), ("png", "png", "image/png"), ("png8", "png", "image/png"),
      ("bmp", "bmp", "image/bmp"), ("gif", "gif", "image/gif"), ("tiff", "tif", "image/tiff"), ("bip", "bip", nil),
      ("bsq", "bsq", nil), ("lerc", "lerc", nil), ("jpgpng", "jpg", "image/jpeg"),
    ] as [(String, String, String?)])
  func file(_ format: String, _ suffix: String, _ type: String?) throws {
    let href = try #require(try export(["format": ""]).json["href"]?.string)
    #expect(href.hasSuffix(".png"))
    let parameters: Parameters = [
      "bbox": "290000,9112000,296000,9118000", "size": "40,30", "format": format,
    ]
    let path = "Landsat7/ImageServer/exportImage"
    let address = try #require(try server().get(path, parameters + ["f": "json"]).json["href"]?.string)
    let start = "http://127.0.0.1:\(try server().port)/arcgis/rest/directories/arcgisoutput/Landsat7_ImageServer/_ags_"
    #expect(address.hasPrefix(start))
    let parts = address.dropFirst(start.count).split(separator: ".")
    #expect(parts.count == 2 && parts[1] == suffix)
    #expect(parts[0].split(separator: "_").map(\.count) == [8, 4, 4, 4, 12])
    #expect(parts[0].allSatisfy { $0 == "_" || $0.isHexDigit })
    let fetched = try server().fetch(address)
    #expect(fetched.status == 200)
    if let type { #expect(fetched.mediaType == type) }
    let picture = try server().get(path, parameters + ["f": "image"])
    #expect(fetched.body == picture.body)
    #expect(fetched["Cache-Control"] == "max-age=86400")
  }

  @Test("services in folders have their folder in the address")
  func folders() throws {
    let answer = try server().get(
      "Olinda/OlindaDEM/ImageServer/exportImage",
      ["bbox": "289000,9111000,297000,9119000", "size": "9,9", "f": "json"])
    let address = try #require(answer.json["href"]?.string)
    #expect(address.contains("/rest/directories/arcgisoutput/Olinda/OlindaDEM_ImageServer/_ags_"))
    #expect(try server().fetch(address).status == 200)
  }

  @Test("ranges, HEAD and conditions work on files")
  func ranges() throws {
    let address = try #require(try export().json["href"]?.string)
    let whole = try server().fetch(address)
    let part = try server().fetch(address, headers: [("Range", "bytes=10-19")])
    #expect(part.status == 206)
    #expect(part["Content-Range"] == "bytes 10-19/\(whole.body.count)")
    #expect(part.body == Array(whole.body[10...19]))
    let end = try server().fetch(address, headers: [("Range", "bytes=-5")])
    #expect(end.status == 206 && end.body == Array(whole.body.suffix(5)))
    let beyond = try server().fetch(address, headers: [("Range", "bytes=99999999-")])
    #expect(beyond.status == 416 && beyond["Content-Range"] == "bytes */\(whole.body.count)")
    let path = String(address.dropFirst("http://127.0.0.1:\(try server().port)".count))
    let head = try server().request("HEAD", path)
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head["Content-Length"] == "\(whole.body.count)" && head["Accept-Ranges"] == "bytes")
    let tag = try #require(whole["ETag"])
    let unchanged = try server().fetch(address, headers: [("If-None-Match", tag)])
    #expect(unchanged.status == 304 && unchanged.body.isEmpty)
  }

  @Test(
    "no path leaves the directory",
    arguments: [
      "arcgisoutput/nothing.png", "arcgisoutput/../../../../../../etc/passwd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
      "arcgisoutput/..%2f..%2f..%2f..%2fetc%2fpasswd", "/etc/passwd", "arcgisoutput/%00",
    ])
  func traversal(_ path: String) throws {
    let answer = try server().get("/arcgis/rest/directories/\(path)")
    #expect(answer.status == 404 || answer.status == 400)
    #expect(!answer.text.contains("root:"))
  }

  @Test(
    "absolute addresses follow the request's host and what proxies say",
    arguments: [
      ([("Host", "gis.example.org")], "http://gis.example.org/arcgis/"),
      ([("Host", "gis.example.org:8443"), ("X-Forwarded-Proto", "https")], "https://gis.example.org:8443/arcgis/"),
      ([("X-Forwarded-Host", "maps.example.org"), ("X-Forwarded-Proto", "https")], "https://maps.example.org/arcgis/"),
      (
        [("X-Forwarded-Host", "a.example.org, b.example.org"), ("X-Forwarded-Prefix", "/gis/")],
        "http://a.example.org/gis/arcgis/"
      ), ([("Host", "[::1]:6080")], "http://[::1]:6080/arcgis/"),
    ] as [([(String, String)], String)])
  func origins(_ headers: [(String, String)], _ start: String) throws {
    let answer = try export(headers: headers)
    #expect(answer.json["href"]?.string?.hasPrefix(start + "rest/directories/") == true, "\(answer.text)")
    let info = try server().get("/arcgis/rest/info?f=json", headers: headers).json
    #expect(info["soapUrl"]?.string == start + "services")
  }

  @Test("what proxies say is not believed when it is no host")
  func forgedHost() throws {
    for host in ["evil.example.org/path?", "a\"><script>"] {
      let answer = try export(headers: [("X-Forwarded-Host", host)])
      #expect(
        answer.json["href"]?.string?.hasPrefix("http://127.0.0.1:\(try server().port)/") == true, "\(answer.text)")
    }
  }

  @Test("--public-url goes before everything that a request says")
  func publicURL() throws {
    let server = try ServerProcess(
      Program.sampleData, options: ["--public-url", "https://maps.example.org/gis/", "--context", "server"],
      port: try HTTPConnection.freePort())
    let answer = try server.get(
      "/server/rest/services/Landsat7/ImageServer/exportImage", Self.parameters + ["f": "json"],
      headers: [("X-Forwarded-Host", "other.example.org")])
    #expect(
      answer.json["href"]?.string?.hasPrefix("https://maps.example.org/gis/server/rest/directories/") == true)
    try server.stop()
  }
}
