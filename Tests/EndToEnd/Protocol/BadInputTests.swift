import JSONValue
import Testing

@Suite("Nothing that a client sends breaks the server, and each error names the parameter", .servingSampleData)
struct BadInputTests {
  static let path = "Landsat7/ImageServer/exportImage"
  static let good: Parameters = ["bbox": "289000,9111000,297000,9119000", "size": "20,20"]

  /// Sends the good parameters, but for those given.
  func export(_ changed: Parameters, _ format: String = "json") throws -> HTTPAnswer {
    let names = changed.pairs.map(\.name)
    var sent = changed
    sent.pairs += Self.good.pairs.filter { !names.contains($0.name) }
    let answer = try server().post(Self.path, sent + ["f": format])
    #expect(try server().get(Self.path, Self.good + ["f": "json"]).json["href"] != nil, "the server answers afterwards")
    return answer
  }

  /// The body of a live server for a parameter that is not valid.
  static func body(_ detail: String) -> String {
    #"{"error":{"code":400,"extendedCode":-2147024809,"message":"Invalid or missing input parameters.","details":["\#(detail)"]}}"#
  }

  @Test(
    "a picture above the limit gets the 156 bytes of a live server",
    arguments: ["15001,100", "100,4101", "16000,5000", "2147483647,2147483647", "999999999,1"])
  func sizeLimit(_ size: String) throws {
    let expected = Self.body("The requested image exceeds the size limit.")
    #expect(expected.utf8.count == 156)
    let answer = try export(["size": size])
    let picture = try export(["size": size, "format": "tiff"], "image")
    #expect(answer.status == 200 && answer.mediaType == "application/json")
    #expect(picture.status == 200 && picture.mediaType == "image/tiff")
    #expect(answer.text == expected)
    #expect(picture.text == expected)
  }

  @Test("the limits themselves are allowed")
  func atTheLimit() throws {
    #expect(try export(["size": "15000,1", "format": "tiff"], "image").mediaType == "image/tiff")
    #expect(try export(["size": "1,4100", "format": "jpg"], "image").mediaType == "image/jpeg")
  }

  @Test("an unknown imageSR gets the 144 bytes of a live server", arguments: ["999999", "{\"wkid\":999999}"])
  func imageSR(_ text: String) throws {
    let expected = Self.body("'imageSR' parameter is invalid.")
    #expect(expected.utf8.count == 144)
    #expect(try export(["imageSR": text]).text == expected)
  }

  @Test(
    "an error under f=image has the picture's type",
    arguments: [
      ("tiff", "image/tiff"), ("png", "image/png"), ("jpg", "image/jpeg"), ("gif", "image/gif"), ("bmp", "image/bmp"),
    ])
  func errorTypes(_ format: String, _ type: String) throws {
    let answer = try export(["bbox": "1,2,3", "format": format], "image")
    #expect(answer.status == 200 && answer.mediaType == type)
    #expect(answer.json["error"]?["code"] == 400)
  }

  static let bad: [(name: String, values: [String])] = [
    (
      "bbox",
      [
        "1,2,3", "1,2,3,4,5", "a,b,c,d", "NaN,0,1,1", "0,0,nan,1", "inf,0,1,1", "0,0,Infinity,1", "-1e999,0,1,1",
        "0,0,1e999,1e999", "0,0,0,0", "5,5,5,9", "5,5,9,5", ",,,", "0 0 1 1", "0x0,0,1,1", "{", "[0,0,1,1]",
        #"{"xmin":0,"ymin":0,"xmax":1}"#, #"{"xmin":"NaN","ymin":0,"xmax":1,"ymax":1}"#,
        #"{"xmin":null,"ymin":0,"xmax":1,"ymax":1}"#, #"{"xmin":{},"ymin":[],"xmax":1,"ymax":1}"#, "1e308,0,-1e308,1",
        "\u{0}", "0,0,1,1\u{0}", "💥",
      ]
    ),
    (
      "bboxSR",
      ["999999", "abc", "{}", #"{"wkid":-5}"#, "0", "-1", "3857.5", "NaN", "1e99", #"{"wkt":"x"}"#, "0:5", "{"]
    ),
    ("imageSR", ["abc", "{}", #"{"wkid":-5}"#, "99999999999999999999", "PROJCS[", #"{"wkt":"GEOGCS[]"}"#]),
    (
      "size",
      ["0,0", "0,10", "-5,5", "5", "5,5,5", "a,b", "NaN,5", "5,inf", "1e999,5", "5.5,5", "{}", "5;5", "0.4,0.4"]
    ),
    (
      "time",
      [
        "x", "null", "1,", ",1", ",", "1,2,3", "2,1", "1.5", "NaN", "inf,null", "1e999", "99999999999999999999", "0x10",
        "2010-01-01", "{}", "[0,1]", "1;2", "1 2", "\u{0}", "null,x",
      ]
    ),
    ("pixelType", ["U7", "X", "F16", "C64", "C128", "8"]),
    ("noData", ["x", "1,x", "NaN,", "1e999", "{}", "1;2"]),
    ("noDataInterpretation", ["esriNoDataMatchSome", "7"]),
    ("interpolation", ["RSP_Lanczos", "bilinear", "{}"]),
    ("compression", ["ZSTD", "7"]),
    ("compressionQuality", ["-1", "101", "x", "NaN", "1e999"]),
    ("bandIds", ["6", "-1", "0,6", "a", "0,", "99999999999", "0.5", "NaN"]),
    ("lercVersion", ["0", "3", "x"]),
    ("compressionTolerance", ["-1", "x", "NaN", "1e999"]),
    ("adjustAspectRatio", ["maybe", "2", "{}"]),
    ("validateExtent", ["perhaps"]),
    (
      "mosaicRule",
      [
        "{", "x", "[]", "{\"mosaicMethod\":7}", "{\"mosaicMethod\":{}}", "{\"where\":{}}", "\u{0}",
        "{\"lockRasterIds\":[1e99]}",
      ]
    ),
    ("renderingRule", ["{", "x", "[]", "7", "\"None\""]),
  ]

  @Test("a value that can't be", arguments: bad.indices)
  func values(_ index: Int) throws {
    let (name, values) = Self.bad[index]
    for value in values {
      let answer = try export([name: value])
      #expect(answer.status == 200, "\(name)=\(value)")
      #expect(
        answer.text == Self.body("'\(name)' parameter is invalid."), "\(name)=\(value): \(answer.text.prefix(300))")
    }
  }

  @Test("a missing bbox is an error that names it")
  func missingBox() throws {
    let answer = try server().get(Self.path, ["size": "20,20", "f": "json"])
    #expect(answer.text == Self.body("'bbox' parameter is invalid."))
  }

  @Test(
    "100,000 levels of nesting are refused at once",
    arguments: ["bbox", "bboxSR", "imageSR", "mosaicRule", "renderingRule"])
  func nesting(_ name: String) throws {
    for text in [
      String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
      "{\"where\":" + String(repeating: "(", count: 100_000) + "}",
    ] {
      #expect(try export([name: text]).text == Self.body("'\(name)' parameter is invalid."))
    }
  }

  @Test("conditions nest and run on without end, and are refused")
  func conditions() throws {
    for condition in [
      String(repeating: "(", count: 50_000) + "1=1" + String(repeating: ")", count: 50_000),
      String(repeating: "NOT ", count: 50_000) + "1=1", String(repeating: "1=1 AND ", count: 50_000) + "1=1",
    ] {
      let answer = try export(["mosaicRule": JSON.object(["where": .string(condition)]).text()])
      #expect(answer.status == 200)
      #expect(answer.text == Self.body("'mosaicRule' parameter is invalid.") || answer.json["href"] != nil)
    }
  }

  @Test("a request line beyond 16 KiB is refused with 414, many fields with 431, a body beyond 32 MiB with 413")
  func limits() throws {
    #expect(try server().get(Self.path, ["x": String(repeating: "x", count: 20_000)]).status == 414)
    let fields = (0..<40).map { ("X-Field-\($0)", String(repeating: "y", count: 1000)) }
    #expect(try server().get("?f=json", headers: fields).status == 431)
    let connection = try HTTPConnection(port: try server().port)
    try connection.send(
      "POST /arcgis/rest/services HTTP/1.1\r\nHost: x\r\nContent-Length: 33554433\r\nConnection: close\r\n\r\n")
    #expect(HTTPAnswer(connection.receiveAll())?.status == 413)
    #expect(try server().get("?f=json").status == 200)
  }

  @Test(
    "what is no HTTP is refused, and the server goes on",
    arguments: [
      "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GARBAGE\r\n\r\n",
      "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde",
      "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
    ])
  func notHTTP(_ text: String) throws {
    let connection = try HTTPConnection(port: try server().port)
    try connection.send(text)
    let answer = try #require(HTTPAnswer(connection.receiveAll()))
    #expect([400, 505].contains(answer.status), "\(answer.status)")
    #expect(try server().get("?f=json").status == 200)
  }

  @Test("broken forms and percent signs are read as far as they go")
  func brokenForms() throws {
    for (type, body) in [
      ("application/x-www-form-urlencoded", "bbox=%&%=%zz&&&=&f=json"), ("multipart/form-data", "x"),
      ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"bbox\"\r\n\r\n1,2"),
      ("multipart/form-data; boundary=x", "--x--"), ("application/json", "{\"f\":\"json\"}"), ("\u{1}", "f=json"),
    ] {
      let answer = try server().request("POST", Self.path, headers: [("Content-Type", type)], body: Array(body.utf8))
      #expect((200..<500).contains(answer.status), "\(type)")
    }
    for query in ["%", "%zz", "bbox=%E0%A4%A", "=&=&=", "f=json&f=json&f=html", String(repeating: "&", count: 5000)] {
      #expect((200..<500).contains(try server().get("\(Self.path)?\(query)").status))
    }
  }

  @Test("boxes of any scale and place are drawn or refused, and never hang")
  func extremeBoxes() throws {
    for reference in ["31985", "3857", "4326", "102009", "3413", "54030", "2264"] {
      for box in [
        "-1e14,-1e14,1e14,1e14", "0,0,1e-12,1e-12", "1e10,1e10,1.0000001e10,1.0000001e10", "-180,-90,180,90",
        "179.9,-1,180.1,1", "-540,-270,540,270", "0,0,1e-300,1e-300", "289000,9111000,289000.0000001,9111000.0000001",
      ] {
        let answer = try server().post(
          Self.path,
          ["bbox": box, "bboxSR": reference, "imageSR": "3857", "size": "16,16", "format": "png32", "f": "image"])
        #expect(answer.status == 200, "\(box) in \(reference)")
        #expect(
          answer.body.starts(with: [0x89, 0x50]) || answer.detail == "'bbox' parameter is invalid.",
          "\(box) in \(reference): \(answer.text.prefix(200))")
      }
    }
  }
}
