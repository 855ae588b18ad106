import JSONValue
import Testing

@Suite("Requests are read as real clients send them", .servingSampleData)
struct RequestTests {
  static let export = "Landsat7/ImageServer/exportImage"
  static let parameters: Parameters = ["bbox": "289000,9111000,297000,9119000", "size": "30,20", "f": "json"]

  /// What tells answers apart: all but the file's name.
  func shape(_ answer: HTTPAnswer) throws -> JSON {
    var object = try #require(answer.json.object, "\(answer.text.prefix(300))")
    #expect(object["href"] != nil)
    object["href"] = nil
    return .object(object)
  }

  func expected() throws -> JSON { try shape(try server().get(Self.export, Self.parameters)) }

  @Test("GET, POST of a form and POST of a multipart form give the same answer")
  func methods() throws {
    #expect(try shape(try server().post(Self.export, Self.parameters)) == expected())
    for (boundary, quoted) in [("----x7", "----x7"), ("a b", "\"a b\"")] {
      let body = Self.parameters.pairs.map { name, value in
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
      }.joined()
      let answer = try server().request(
        "POST", Self.export, headers: [("Content-Type", "multipart/form-data; boundary=\(quoted)")],
        body: Array("\(body)--\(boundary)--\r\n".utf8))
      #expect(try shape(answer) == expected())
    }
  }

  @Test("the query and the body hold parameters together, and the body wins")
  func both() throws {
    let answer = try server().request(
      "POST", Self.export + "?size=99,99&f=json",
      headers: [("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")],
      body: Array("bbox=289000,9111000,297000,9119000&size=30,20".utf8))
    #expect(try shape(answer) == expected())
  }

  @Test(
    "names, enumerations, formats and service types are read whatever their case",
    arguments: [
      "Landsat7/ImageServer/exportImage?BBOX=289000,9111000,297000,9119000&SIZE=30,20&F=json",
      "Landsat7/ImageServer/exportImage?bbox=289000,9111000,297000,9119000&size=30,20&f=JSON",
      "Landsat7/imageserver/exportimage?bbox=289000,9111000,297000,9119000&size=30,20&f=json",
      "Landsat7/ImageServer/exportImage?bbox=289000,9111000,297000,9119000&size=30,20&f=json&interpolation=rsp_nearestneighbor&format=TIFF&pixelType=u8",
    ])
  func cases(_ path: String) throws {
    #expect(try shape(try server().get(path)) == expected())
  }

  @Test("of two spellings the documented one counts")
  func exactSpelling() throws {
    let answer = try server().get(Self.export, ["SIZE": "77,77"] + Self.parameters + ["Size": "88,88"])
    #expect(try shape(answer) == expected())
  }

  @Test("service and folder names keep their case")
  func caseOfNames() throws {
    #expect(try server().get("landsat7/ImageServer?f=json").json["error"]?["code"] == 404)
    #expect(try server().get("olinda?f=json").json["error"]?["code"] == 404)
  }

  @Test("empty values mean that nothing is given")
  func emptyValues() throws {
    let answer = try server().get(
      Self.export,
      [
        "bboxSR": "", "imageSR": "", "time": "", "format": "", "pixelType": "", "noData": "",
        "noDataInterpretation": "",
        "interpolation": "", "compression": "", "compressionQuality": "", "bandIds": "", "sliceId": "",
        "mosaicRule": "", "renderingRule": "", "adjustAspectRatio": "", "validateExtent": "", "lercVersion": "",
        "compressionTolerance": "", "token": "", "callback": "",
      ] + Self.parameters)
    #expect(try shape(answer) == expected())
  }

  @Test("unknown parameters are passed over, misspelt ones too")
  func unknown() throws {
    let answer = try server().get(
      Self.export,
      Self.parameters + [
        "interpretation": "RSP_BilinearInterpolation", "layers": "", "transparent": "true", "dpi": "90",
        "client": "requestip", "processAsMultidimensional": "false",
      ])
    #expect(try shape(answer) == expected())
  }

  @Test(
    "blanks and a plus before a word are passed over",
    arguments: ["+RSP_NearestNeighbor", "%2BRSP_NearestNeighbor", "%20RSP_NearestNeighbor%20", "RSP_NearestNeighbor"])
  func plus(_ word: String) throws {
    let path = "\(Self.export)?bbox=289000,9111000,297000,9119000&size=20,20&format=tiff&f=image"
    let nearest = try server().get(path + "&interpolation=RSP_NearestNeighbor").body
    #expect(try server().get(path + "&interpolation=\(word)").body == nearest)
    #expect(try server().get(path + "&interpolation=RSP_CubicConvolution").body != nearest)
  }

  @Test(
    "spatial references in every form",
    arguments: [
      "3857", "102100", "900913", #"{"wkid":3857}"#, #"{"wkid":102100,"latestWkid":3857}"#, "{wkid:102100}",
      "EPSG:3857",
      #"{"wkid":"3857"}"#, #"{"wkid":102100,"xyTolerance":0.001,"falseX":-20037700,"xyUnits":1e4}"#,
      #"{"wkt":"PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",0.0],PARAMETER[\"Standard_Parallel_1\",0.0],PARAMETER[\"Auxiliary_Sphere_Type\",0.0],UNIT[\"Meter\",1.0]]"}"#,
    ])
  func references(_ text: String) throws {
    let path = Self.export
    let box: Parameters = ["bbox": "-34.9,-8.02,-34.85,-7.97", "bboxSR": "4326", "size": "30,30", "f": "json"]
    let expected = try #require(try server().get(path, box + ["imageSR": "3857"]).json["extent"])
    let extent = try #require(try server().get(path, box + ["imageSR": text]).json["extent"])
    for name in ["xmin", "ymin", "xmax", "ymax"] {
      #expect(abs((extent[name]?.number ?? 0) - (expected[name]?.number ?? 1)) < 1e-6, "\(text)")
    }
    // The same reference for the box gives the box back.
    let again = try server().get(
      path, ["bbox": "0,0,1000,1000", "bboxSR": text, "imageSR": "3857", "size": "10,10", "f": "json"]
    ).json["extent"]
    #expect(abs((again?["xmax"]?.number ?? 0) - 1000) < 1e-6, "\(text)")
  }

  @Test("a box as JSON brings its own reference, which goes before bboxSR")
  func jsonBox() throws {
    let answer = try server().post(
      Self.export,
      [
        "bbox": #"{"xmin":-34.9,"ymin":-8.02,"xmax":-34.85,"ymax":-7.97,"spatialReference":{"wkid":4326}}"#,
        "imageSR": "4326", "size": "30,30", "f": "json",
      ])
    #expect(abs((answer.json["extent"]?["xmin"]?.number ?? 0) + 34.9) < 1e-9)
  }

  @Test("a request without a body under a form's type does not wait for one")
  func formTypeWithoutBody() throws {
    let answer = try server().get(
      Self.export, Self.parameters, headers: [("Content-Type", "application/x-www-form-urlencoded")])
    #expect(try shape(answer) == expected())
  }

  @Test("the context is read whatever its case, and a slash at the end is passed over")
  func addresses() throws {
    for path in [
      "/ArcGIS/rest/services/Landsat7/ImageServer", "/arcgis/REST/Services/Landsat7/ImageServer/",
      "/arcgis/rest/services/Landsat7/ImageServer/",
    ] {
      #expect(try server().get(path + "?f=json").json["name"] == "Landsat7", "\(path)")
    }
    for path in ["/arcgis/rest/services", "/arcgis/rest/services/", "/ArcGIS/rest/services/"] {
      #expect(try server().get(path + "?f=json").json["services"] != nil, "\(path)")
    }
    #expect(try server().get("/arcgis/rest/info/?f=json").json["currentVersion"] != nil)
    #expect(try server().get("Olinda/?f=json").json["services"] != nil)
  }

  @Test("the literal requests of QGIS, esri-leaflet, OpenLayers, MapProxy and the JavaScript SDK are pictures")
  func realClients() throws {
    let box = "-3884000,-892000,-3880000,-888000"
    let requests: [(String, String)] = [
      (
        "f=image&bbox=289000,9111000,297000,9119000&size=2,2&bandIds=0&interpretation=RSP_BilinearInterpolation&pixelType=U16&format=tiff",
        "image/tiff"
      ),
      (
        "bbox=289000.000000,9111000.000000,297000.000000,9119000.000000&size=2,2&f=image&bandIds=0&interpretation=RSP_BilinearInterpolation&pixelType=F32&lercVersion=2&compression=LERC&compressionTolerance=0&format=lerc",
        ""
      ),
      ("bbox=\(box)&size=800%2C600&format=jpgpng&transparent=true&bboxSR=3857&imageSR=3857&f=image", ""),
      ("F=image&FORMAT=PNG32&TRANSPARENT=true&SIZE=256%2C256&BBOX=\(box)&BBOXSR=3857&IMAGESR=3857&DPI=90", "image/png"),
      (
        "f=image&bbox=\(box)&size=512,512&bboxSR=3857&imageSR=3857&format=png&transparent=True&interpolation=RSP_BilinearInterpolation",
        "image/png"
      ),
      (
        "f=image&bbox=\(box)&bboxSR=102100&imageSR=102100&size=80,60&format=jpgpng&mosaicRule=%7B%22ascending%22%3Atrue%2C%22mosaicMethod%22%3A%22esriMosaicNorthwest%22%2C%22mosaicOperation%22%3A%22MT_FIRST%22%7D",
        ""
      ),
      ("f=image&bbox=\(box)&imageSR=102100&bboxSR=102100&size=80,60", ""),
    ]
    for (query, type) in requests {
      let answer = try server().get("\(Self.export)?\(query)")
      #expect(answer.status == 200)
      #expect(answer.body.first != UInt8(ascii: "{"), "\(query): \(answer.text.prefix(200))")
      if !type.isEmpty { #expect(answer.mediaType == type) }
    }
  }

  @Test("an address of more than 8192 bytes is read")
  func longAddress() throws {
    let answer = try server().get(Self.export, Self.parameters + ["comment": String(repeating: "x", count: 9000)])
    #expect(try shape(answer) == expected())
  }

  @Test("the default mosaic rule of the Python client, and an empty one, are followed")
  func pythonClient() throws {
    for rule in [
      #"{"mosaicMethod":"esriMosaicNorthwest","sortField":"","mosaicOperation":"MT_FIRST","ascending":true}"#, "{}",
    ] {
      #expect(try shape(try server().post(Self.export, Self.parameters + ["mosaicRule": rule])) == expected())
    }
    for truth in ["True", "true", "1", "on"] {
      #expect(try shape(try server().post(Self.export, Self.parameters + ["adjustAspectRatio": truth])) == expected())
    }
  }
}
