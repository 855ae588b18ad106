import Foundation
import JSONValue
import Testing

@Suite(
  "Raster File hands out what download has told of, and nothing else",
  .serving(
    """
    r = np.random.RandomState(5)
    write('Photo.ImageServer/a.tif', r.randint(1, 255, (3, 300, 200)).astype(np.uint8), (0, 0, 2000, 3000), 'EPSG:3857', options=['TFW=YES'])
    write('Photo.ImageServer/b b.tif', r.randint(1, 255, (3, 30, 20)).astype(np.uint8), (0, 0, 2000, 3000), 'EPSG:3857')
    write('Other.ImageServer/other.tif', r.randint(1, 255, (3, 30, 20)).astype(np.uint8), (0, 0, 2000, 3000), 'EPSG:3857')
    open('Photo.ImageServer/service.json', 'w').write('{"description": "not for clients"}')
    open('secret.txt', 'w').write('secret')
    """))
struct RasterFileTests {
  static let path = "Photo/ImageServer/file"

  func file(_ id: String, raster: String = "1", headers: [(String, String)] = []) throws -> HTTPAnswer {
    try server().get(Self.path, ["id": id, "rasterId": raster], headers: headers)
  }

  /// A file that a download has made.
  func made() throws -> String {
    let answer = try server().get(
      "Photo/ImageServer/download", ["rasterIds": "1", "geometry": "0,0,500,500", "f": "json"])
    return try #require(answer.json["rasterFiles"]?[0]?["id"]?.string)
  }

  @Test("it comes with its length, type, name and entity tag, whole, in ranges and as its head alone")
  func bytes() throws {
    let own = try Data(contentsOf: URL(fileURLWithPath: try dataFile("Photo.ImageServer/a.tif")))
    let whole = try file("./a.tif")
    #expect(Data(whole.body) == own && whole["Content-Length"] == "\(own.count)" && whole.mediaType == "image/tiff")
    #expect(whole["Content-Disposition"] == "attachment; filename=\"a.tif\"")
    let tag = try #require(whole["ETag"])
    #expect(try file("./a.tif", headers: [("If-None-Match", tag)]).status == 304)
    let part = try file("./a.tif", headers: [("Range", "bytes=100-199")])
    #expect(part.status == 206 && Data(part.body) == own[100..<200])
    #expect(try file("./a.tif", headers: [("Range", "bytes=\(own.count)-")]).status == 416)
    let head = try server().request("HEAD", Self.path, ["id": "./a.tif", "rasterId": "1"])
    #expect(head.status == 200 && head.body.isEmpty && head["Content-Length"] == "\(own.count)")
    #expect(try file("./a.tfw").mediaType == "text/plain")
    #expect(try file("./b b.tif", raster: "2").status == 200)
    #expect(try server().get(Self.path, ["id": "./a.tif"]).status == 200, "the raster may be left out")
  }

  @Test("what was made is found by its identifier and by its address in the output directory")
  func addresses() throws {
    let id = try made()
    let bytes = try file(id)
    #expect(bytes.status == 200 && bytes.mediaType == "image/tiff")
    let address =
      "http://127.0.0.1:\(try server().port)/arcgis/rest/directories/arcgisoutput/Photo_ImageServer/\(id)"
    #expect(try server().fetch(address).body == bytes.body)
    #expect(try file(address).body == bytes.body)
  }

  @Test("a raster that does not own the file, another world and an unknown identifier get nothing")
  func strangers() throws {
    let id = try made()
    let world = try #require(try server().control("POST", "/mock/worlds", [:]).json["id"]?.string)
    let other = try server().get("/w/\(world)\(ServerProcess.services)/\(Self.path)", ["id": id, "rasterId": "1"])
    for answer in [
      try file(id, raster: "2"), try file("./a.tif", raster: "2"), try file("./b b.tif"),
      try file("./a.tif", raster: "7"),
      try file("_ags_0000000000000000_1/a.tif"), other,
    ] {
      #expect(answer.status == 200 && answer.json["error"]?["code"] == 400, "\(answer.text.prefix(100))")
      #expect(answer.detail == "'id' parameter is invalid.")
    }
  }

  @Test(
    "no identifier leads out of the service's folder and the output folder",
    arguments: [
      "../secret.txt", "./../secret.txt", "../Other.ImageServer/other.tif", "./../Other.ImageServer/other.tif",
      "/etc/passwd", "./%2e%2e/secret.txt", "..%2fsecret.txt", "./service.json", "./.", "./..", ".", "..", "/", "",
      "./a.tif/", "././a.tif", "./a.tif\u{0}.txt", "secret.txt", "_ags_/../../../../../jobs.sqlite",
      "_ags_x/../catalog.sqlite", "_ags_x/..", "./other.tif", "file:///etc/passwd", "./a.tif/../../secret.txt",
      "\\..\\secret.txt",
    ])
  func traversal(_ id: String) throws {
    for raster in ["1", ""] {
      let answer = try file(id, raster: raster)
      #expect(answer.status == 400 || answer.json["error"]?["code"] == 400, "\(id): \(answer.text.prefix(100))")
    }
  }

  @Test("a file that has become a link out of the data folder since the start is not followed")
  func links() throws {
    let folder = try TemporaryFolder()
    try GDAL.shared.run(
      "write('In/One.tif', np.zeros((9, 9), np.uint8), (0, 0, 9, 9), 'EPSG:3857'); open('secret', 'w').write('secret')",
      in: folder)
    let server = try ServerProcess(folder.path("In"))
    #expect(try server.get("One/ImageServer/file", ["id": "./One.tif", "rasterId": "1"]).status == 200)
    try FileManager.default.removeItem(atPath: folder.path("In/One.tif"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("In/One.tif"), withDestinationPath: folder.path("secret"))
    let answer = try server.get("One/ImageServer/file", ["id": "./One.tif", "rasterId": "1"])
    #expect(answer.json["error"]?["code"] == 400, "\(answer.text)")
    try server.stop()
  }
}
