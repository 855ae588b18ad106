import Foundation
import JSONValue
import Testing

@Suite(
  "The answer's extent says exactly what is drawn",
  .serving(
    """
    write('Grid.tif', smooth(1, 10, 20, np.uint8, 1, 250), (0, 0, 200, 100), 'EPSG:3857')
    write('World.tif', smooth(1, 90, 180, np.uint8, 1, 250), (-180, -90, 180, 90), 'EPSG:4326')
    """))
struct ViewTests {
  /// The vectors of the REST API reference, 1.3.2.
  static let vectors: [(parameters: Parameters, extent: [Double])] = [
    (["bbox": "0,0,200,100", "size": "100,100"], [0, -50, 200, 150]),
    (["bbox": "0,0,100,100", "size": "200,100"], [-50, 0, 150, 100]),
    (["bbox": "0,0,100,100", "size": "200,100", "adjustAspectRatio": "false"], [0, 0, 100, 100]),
    (["bbox": "0,0,100,100", "size": "200,100", "adjustAspectRatio": "False"], [0, 0, 100, 100]),
    (["bbox": "0,0,100,100", "size": "100,100"], [0, 0, 100, 100]),
    // Reversed edges are read as meant.
    (["bbox": "100,100,0,0", "size": "100,100"], [0, 0, 100, 100]),
    (["bbox": "0,100,100,0", "size": "200,100"], [-50, 0, 150, 100]),
    // 400 columns and rows when nothing is said.
    (["bbox": "0,0,400,200"], [0, -100, 400, 300]),
    (["bbox": "0.000000, 0.000000, 10.0, 1e1", "size": "2,2"], [0, 0, 10, 10]),
    (["bbox": "{xmin: 0, ymin: 0, xmax: 100, ymax: '100'}", "size": "2,2"], [0, 0, 100, 100]),
  ]

  @Test("pixels become square about the centre of the box, which never shrinks", arguments: 0..<vectors.count)
  func squarePixels(_ index: Int) throws {
    let (parameters, extent) = Self.vectors[index]
    let answer = try server().get("Grid/ImageServer/exportImage", parameters + ["f": "json"]).json
    #expect(["xmin", "ymin", "xmax", "ymax"].map { answer["extent"]?[$0]?.number } == extent)
    #expect(answer["extent"]?["spatialReference"] == ["wkid": 102100, "latestWkid": 3857])
  }

  @Test("a box in degrees becomes the envelope of its outline in the picture's reference")
  func krovak() throws {
    let answer = try server().get(
      "World/ImageServer/exportImage",
      [
        "bbox": "14.27636,48.59091,14.30624,48.61069", "bboxSR": "4326", "imageSR": "5514", "size": "1100,1100",
        "f": "json",
      ]
    ).json
    let extent = try ["xmin", "ymin", "xmax", "ymax"].map { try #require(answer["extent"]?[$0]?.number) }
    // As a live server answered; another shift of the datum moves it by 0.2 m at most.
    for (here, there) in zip(extent, [-776083.385, -1206734.540, -773596.944, -1204248.099]) {
      #expect(abs(here - there) < 0.2)
    }
    #expect(abs((extent[2] - extent[0]) - (extent[3] - extent[1])) < 1e-6)
    #expect(answer["extent"]?["spatialReference"] == ["wkid": 102067, "latestWkid": 5514])
    #expect(answer["width"] == 1100 && answer["height"] == 1100 && answer["scale"] == 0)
  }

  /// The pairs of the REST API reference, 4.8: what is sent, and `wkid` and `latestWkid` of the answer.
  static let references: [(sent: String, wkid: Int, latest: Int)] = [
    ("102100", 102100, 3857), ("3857", 102100, 3857), ("900913", 102100, 3857), ("102113", 102113, 3785),
    ("4326", 4326, 4326), ("4269", 4269, 4269), ("4258", 4258, 4258), ("2264", 102719, 2264), ("102719", 102719, 2264),
    ("5514", 102067, 5514), ("102067", 102067, 5514), ("102039", 102039, 5070), ("32628", 32628, 32628),
  ]

  @Test("answers name a reference by Esri's code and by EPSG's", arguments: references)
  func referencePairs(_ reference: (sent: String, wkid: Int, latest: Int)) throws {
    // In Bohemia or in North Carolina, where the reference is at home.
    let box = reference.latest == 5514 ? "14,49,15,50" : "-80,35,-79,36"
    let answer = try server().get(
      "World/ImageServer/exportImage",
      ["bbox": box, "bboxSR": "4326", "imageSR": reference.sent, "size": "9,9", "f": "json"])
    #expect(
      answer.json["extent"]?["spatialReference"] == [
        "wkid": .int(reference.wkid), "latestWkid": .int(reference.latest),
      ])
  }

  @Test("references of Esri alone are known by their code", arguments: [102009, 102008, 102003, 54030, 54004, 54001])
  func esriReferences(_ wkid: Int) throws {
    let answer = try server().get(
      "World/ImageServer/exportImage",
      ["bbox": "-80,35,-79,36", "bboxSR": "4326", "imageSR": "\(wkid)", "size": "9,9", "f": "json"])
    #expect(answer.json["extent"]?["spatialReference"]?["wkid"] == .int(wkid))
  }

  @Test(
    "the TIFF lies where the extent says", arguments: ["3857", "4326", "102009", "{\"wkid\":102100}", "EPSG:25832"])
  func georeference(_ reference: String) throws {
    let parameters: Parameters = [
      "bbox": "5,50,9,52", "bboxSR": "4326", "imageSR": reference, "size": "61,47", "format": "tiff",
    ]
    let extent = try server().get("World/ImageServer/exportImage", parameters + ["f": "json"]).json["extent"]
    let folder = try TemporaryFolder()
    try folder.write(
      try server().get("World/ImageServer/exportImage", parameters + ["f": "image"]).body, to: "picture.tif")
    let corners = try GDAL.shared.run(
      """
      d = gdal.Open('picture.tif')
      g = d.GetGeoTransform()
      give(np.array([[g[0], g[3] + g[5] * d.RasterYSize, g[0] + g[1] * d.RasterXSize, g[3], d.RasterXSize, d.RasterYSize]]))
      """, in: folder)[0].samples
    for (name, corner) in zip(["xmin", "ymin", "xmax", "ymax"], corners) {
      let edge = try #require(extent?[name]?.number)
      #expect(abs(edge - corner) <= 1e-9 * max(1, abs(corner)), "\(name)")
    }
    #expect(corners[4...] == [61, 47])
  }

  @Test("beside the data a picture is transparent, not an error")
  func beside() throws {
    let answer = try server().get(
      "Grid/ImageServer/exportImage", ["bbox": "1000,1000,1100,1100", "size": "20,20", "f": "image"])
    #expect(answer.mediaType == "image/png")
    #expect(try GDAL.shared.read(answer.body).isData.allSatisfy { !$0 })
  }

  @Test("validateExtent refuses a box beyond the service, and no other")
  func validateExtent() throws {
    let path = "Grid/ImageServer/exportImage"
    let beyond: Parameters = ["bbox": "150,0,250,100", "size": "50,50", "f": "json"]
    #expect(try server().get(path, beyond).json["href"] != nil)
    #expect(try server().get(path, beyond + ["validateExtent": "false"]).json["href"] != nil)
    #expect(try server().get(path, beyond + ["validateExtent": "true"]).json["error"]?["code"] == 400)
    #expect(
      try server().get(path, ["bbox": "50,0,150,100", "size": "50,50", "f": "json", "validateExtent": "true"])
        .json["href"] != nil)
  }

  @Test("over the antimeridian the near side is drawn, the far side is empty")
  func antimeridian() throws {
    // 170° to 190° in 40 columns: 20 of them lie in the raster, whose pixels are 2 degrees, 4 columns each.
    let picture = try server().picture(
      "World", Window(170, -10, 190, 10, 40, 40).parameters(4326) + ["interpolation": "RSP_NearestNeighbor"])
    let source = try GDAL.shared.run(
      "give(gdal.Open('World.tif').ReadAsArray())", in: try #require(DataFolder.current))[0]
    for row in 0..<40 {
      for column in 0..<40 {
        #expect(
          picture[column, row] == (column < 20 ? source[175 + column / 4, 40 + row / 4] : nil), "\(column), \(row)")
      }
    }
  }

  @Test("beyond the poles and the horizon there is no data", arguments: [54030, 102009, 54032])
  func horizon(_ wkid: Int) throws {
    let picture = try server().picture("World", Window(-3e7, -3e7, 3e7, 3e7, 60, 60).parameters(wkid))
    #expect(picture.isData.contains(true))
    #expect(picture.isData.contains(false))
  }

  @Test("a box that has no place in the picture's reference is an error that names it")
  func noPlace() throws {
    let answer = try server().get(
      "World/ImageServer/exportImage",
      ["bbox": "1e9,1e9,1.1e9,1.1e9", "bboxSR": "3857", "imageSR": "3413", "f": "json", "size": "9,9"])
    #expect(answer.detail == "'bbox' parameter is invalid." || answer.json["href"] != nil)
    #expect(try server().get("World/ImageServer", ["f": "json"]).status == 200)
  }
}
