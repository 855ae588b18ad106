import JSONValue
import Testing

@Suite("HTTP as browsers, proxies and tools expect it", .servingSampleData)
struct HTTPTests {
  static let picture = "Landsat7/ImageServer/exportImage?bbox=289000,9111000,297000,9119000&size=40,30&f=image"
  static let paths = [
    "?f=json", "BlueMarble/ImageServer?f=json", picture, "Nowhere/ImageServer?f=json", "/arcgis/rest/info?f=json",
    "/arcgis/rest/directories/arcgisoutput/none.png", "/nowhere", "/mock/health",
    "BlueMarble/ImageServer/exportImage?bbox=1&f=image", "BlueMarble/ImageServer",
  ]

  @Test("every answer, errors and 404 included, is open to pages of all origins", arguments: paths)
  func cors(_ path: String) throws {
    let answer = try server().get(path, headers: [("Origin", "https://app.example.org")])
    #expect(["*", "https://app.example.org"].contains(answer["Access-Control-Allow-Origin"]))
  }

  @Test("preflights are answered with what was asked for", arguments: paths)
  func preflight(_ path: String) throws {
    let answer = try server().request(
      "OPTIONS", path,
      headers: [
        ("Origin", "https://app.example.org"), ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-esri-authorization,content-type,x-own"),
      ])
    #expect([200, 204].contains(answer.status))
    // What the resource has: health is only read.
    #expect(answer["Access-Control-Allow-Methods"]?.contains(path == "/mock/health" ? "GET" : "POST") == true)
    let headers = answer["Access-Control-Allow-Headers"]?.lowercased() ?? ""
    for name in ["x-esri-authorization", "content-type", "x-requested-with", "range", "x-own"] {
      #expect(headers.contains(name))
    }
    #expect(answer["Access-Control-Max-Age"] != nil)
  }

  @Test(
    "HEAD is GET without the body",
    arguments: ["?f=json", "BlueMarble/ImageServer?f=json", picture, "BlueMarble/ImageServer"])
  func head(_ path: String) throws {
    let get = try server().get(path)
    let head = try server().request("HEAD", path)
    #expect(head.status == get.status && head.body.isEmpty)
    #expect(head["Content-Type"] == get["Content-Type"])
    #expect(head["Content-Length"] == "\(get.body.count)")
  }

  @Test("JSON and HTML are compressed for those who accept it, pictures are not")
  func gzip() throws {
    for path in ["BlueMarble/ImageServer?f=json", "BlueMarble/ImageServer"] {
      let plain = try server().get(path)
      let packed = try server().get(path, headers: [("Accept-Encoding", "deflate, gzip;q=0.8")])
      #expect(plain["Content-Encoding"] == nil && packed["Content-Encoding"] == "gzip")
      #expect(packed["Vary"]?.lowercased().contains("accept-encoding") == true)
      let folder = try TemporaryFolder()
      try folder.write(packed.body, to: "packed")
      try folder.write(plain.body, to: "plain")
      try GDAL.shared.run(
        "import gzip; assert gzip.decompress(open('packed', 'rb').read()) == open('plain', 'rb').read()", in: folder)
      #expect(
        try server().get(path, headers: [("Accept-Encoding", "gzip;q=0, *;q=0")])["Content-Encoding"] == nil)
    }
    #expect(try server().get(Self.picture, headers: [("Accept-Encoding", "gzip")])["Content-Encoding"] == nil)
  }

  @Test("dynamic answers are not kept by caches")
  func caching() throws {
    for path in ["BlueMarble/ImageServer?f=json", Self.picture] {
      #expect(try server().get(path)["Cache-Control"] == "private, must-revalidate, max-age=0")
    }
  }

  @Test("Accept does not choose the format")
  func accept() throws {
    for accept in ["image/avif,image/webp,image/apng,*/*;q=0.8", "text/html", "*/*", "application/xml"] {
      #expect(try server().get("?f=json", headers: [("Accept", accept)]).mediaType == "application/json")
      #expect(try server().get(Self.picture, headers: [("Accept", accept)]).mediaType == "image/png")
    }
  }

  @Test(
    "methods that no resource has are refused with those that it has", arguments: ["PUT", "DELETE", "PATCH", "BREW"])
  func methods(_ method: String) throws {
    let answer = try server().request(method, "BlueMarble/ImageServer?f=json", body: [])
    #expect(answer.status == 405 || answer.status == 501)
    if answer.status == 405 { #expect(answer["Allow"]?.contains("GET") == true) }
  }

  @Test("the bare host, the context and rest lead to the services")
  func redirects() throws {
    for path in ["/", "/arcgis", "/arcgis/rest", "/arcgis/rest/"] {
      let answer = try server().get(path)
      #expect((300..<400).contains(answer.status), "\(path)")
      #expect(answer["Location"]?.hasSuffix("/arcgis/rest/services") == true, "\(path)")
    }
  }

  @Test("pipelined requests are answered in order")
  func pipelining() throws {
    let connection = try HTTPConnection(port: try server().port)
    let host = "Host: 127.0.0.1:\(try server().port)\r\n"
    let heavy = "GET /arcgis/rest/services/\(Self.picture) HTTP/1.1\r\n\(host)\r\n"
    try connection.send(
      heavy + "GET /arcgis/rest/info?f=json HTTP/1.1\r\n\(host)\r\n"
        + "GET /arcgis/rest/services?f=json HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
    let text = String(decoding: connection.receiveAll(), as: UTF8.self)
    #expect(text.components("HTTP/1.1 200").count == 4)
    let places = ["image/png", "\"fullVersion\"", "\"folders\""].map { text.firstRange(of: $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test("Expect: 100-continue is answered before the body is sent")
  func expectContinue() throws {
    let connection = try HTTPConnection(port: try server().port)
    try connection.send(
      """
      POST /arcgis/rest/info HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
      Content-Length: 6\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n
      """)
    let first = String(decoding: connection.receive(), as: UTF8.self)
    #expect(first.hasPrefix("HTTP/1.1 100"))
    try connection.send("f=json")
    #expect(String(decoding: connection.receiveAll(), as: UTF8.self).contains("currentVersion"))
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
