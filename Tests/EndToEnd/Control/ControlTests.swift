import JSONValue
import Testing

@Suite("The control API", .servingSampleData)
struct ControlTests {
  @Test("health says that the server works")
  func health() throws {
    let answer = try server().get("/mock/health")
    #expect(answer.status == 200 && answer.mediaType == "application/json")
    #expect(answer.json["status"] == "ok")
    #expect((answer.json["services"]?.integer ?? 0) >= 4)
  }

  @Test("what is not there is 404, what is not possible 405")
  func missing() throws {
    #expect(try server().get("/mock/nothing").status == 404)
    #expect(try server().get("/mock").status == 404)
    #expect(try server().control("DELETE", "/mock/health").status == 405)
    #expect(try server().control("PUT", "/mock/worlds", [:]).status == 405)
  }

  @Test("openapi.json lists every documented parameter of exportImage, with types and releases")
  func openAPI() throws {
    let document = try server().get("/mock/openapi.json").json
    #expect(document["openapi"]?.string?.hasPrefix("3.") == true)
    #expect(document["info"]?["title"]?.string != nil && document["info"]?["version"]?.string != nil)
    let paths = try #require(document["paths"]?.object)
    let export = try #require(paths.first { $0.name.hasSuffix("/ImageServer/exportImage") }?.value)
    let parameters = export["get"]?["parameters"]?.array ?? []
    let byName = Dictionary(
      parameters.compactMap { parameter in parameter["name"]?.string.map { ($0, parameter) } }, uniquingKeysWith: { $1 }
    )
    for name in [
      "bbox", "size", "bboxSR", "imageSR", "datumTransformation", "time", "format", "pixelType", "noData",
      "noDataInterpretation", "interpolation", "compression", "compressionQuality", "compressionTolerance", "bandIds",
      "mosaicRule", "renderingRule", "adjustAspectRatio", "lercVersion", "sliceId", "validateExtent",
      "mosaicProperties", "viewpointProperties", "f",
    ] {
      let parameter = try #require(byName[name], "\(name)")
      #expect(parameter["in"] == "query" && parameter["schema"]?["type"]?.string != nil, "\(name)")
      #expect(parameter["description"]?.string?.isEmpty == false, "\(name)")
    }
    #expect(byName["bbox"]?["required"] == true && byName["size"]?["required"] == false)
    #expect(byName["adjustAspectRatio"]?["x-since"] == "10.3" && byName["mosaicProperties"]?["x-dropped"] == "10.1")
    #expect(byName["f"]?["schema"]?["enum"] == ["html", "json", "pjson", "image", "kmz"])
    // Every variable of a path is declared, as OpenAPI demands.
    for (path, item) in paths {
      let declared = item["get"]?["parameters"]?.array?.filter { $0["in"] == "path" }.compactMap { $0["name"]?.string }
      let variables = path.split(separator: "{").dropFirst().compactMap {
        $0.split(separator: "}").first.map(String.init)
      }
      #expect(Set(declared ?? []) == Set(variables), "\(path)")
    }
  }

  @Test("every operation of openapi.json answers")
  func operationsAnswer() throws {
    let paths = try #require(try server().get("/mock/openapi.json").json["paths"]?.object)
    let parameters: Parameters = [
      "f": "json", "bbox": "289000,9111000,297000,9119000", "size": "4,4", "rasterIds": "1",
      "id": "./olinda_l7_etm.tif",
      "inputImageLayer": try server().address("Landsat7"),
    ]
    let job = try server().submit(parameters)
    _ = try server().ended(job)
    let levels: Parameters = ["levels": "0", "f": "json"]
    let exports = try ["Landsat7/ImageServer", "World/VectorTileServer"].map { service in
      try #require(try server().exportJob(service, levels)["jobId"]?.string)
    }
    // What the sample data does not have, and what an asynchronous task refuses.
    let refused = ["/colormap", "/info/ics", "/info/icsToPixel", "/execute"]
    for (path, _) in paths where !path.contains("directories") {
      let isVector = path.contains("VectorTileServer")
      let isGeoprocessing = path.contains("GPServer")
      let filled = path.replacing("{service}", with: isVector ? "World" : "Landsat7")
        .replacing("{folder}", with: "Olinda").replacing("{rasterId}", with: "1")
        .replacing("{jobId}", with: isGeoprocessing ? job : exports[isVector ? 1 : 0])
        .replacing("results/{name}", with: isGeoprocessing ? "results/outputRaster" : "results/out_service_url")
        .replacing("inputs/{name}", with: isGeoprocessing ? "inputs/context" : "inputs/levels")
        .replacing("{level}/{row}/{column}", with: "0/0/0").replacing("{width}/{height}", with: "1/1")
        .replacing("sprites/{name}", with: "sprites/sprite.json").replacing("{stack}/{range}", with: "Arial/0-255.pbf")
      // Jobs are asked for once more as long as they are there.
      if filled.hasSuffix("/delete") { continue }
      let answer = try server().get(filled, path.contains("xportTiles") && !isGeoprocessing ? levels : parameters)
      #expect((200..<400).contains(answer.status), "\(path)")
      #expect(
        (answer.json["error"] != nil) == refused.contains(where: path.hasSuffix),
        "\(path): \(answer.text.prefix(200))")
    }
  }

  @Test("--no-control closes it")
  func closed() throws {
    for (options, environment) in [(["--no-control"], [:]), ([], ["MOCK_ARCGIS_NO_CONTROL": "true"])] {
      let server = try ServerProcess(Program.sampleData, options: options, environment: environment)
      #expect(try server.get("/mock/health").status == 404)
      #expect(try server.get("/arcgis/rest/info?f=json").status == 200)
      try server.stop()
    }
  }
}
