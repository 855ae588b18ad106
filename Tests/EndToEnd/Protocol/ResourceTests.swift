import JSONValue
import Testing

@Suite("Server info, services and their roots", .servingSampleData)
struct ResourceTests {
  @Test("rest/info tells the release, by GET and POST, and never needs a token")
  func info() throws {
    for answer in [
      try server().get("/arcgis/rest/info?f=json"), try server().post("/arcgis/rest/info", ["f": "json"]),
      try server().get("/arcgis/rest/info", ["f": "json", "token": "nonsense"]),
    ] {
      #expect(answer.json["currentVersion"] == .double(11.1))
      #expect(answer.json["fullVersion"] == "11.1.0")
      #expect(answer.json["authInfo"]?["isTokenBasedSecurity"] == false)
      #expect(answer.json["authInfo"]?["tokenServicesUrl"] == nil)
      #expect(answer.json["soapUrl"]?.string?.hasSuffix("/arcgis/services") == true)
    }
  }

  @Test("the root lists folders and services, a folder its own with the folder's name before them")
  func services() throws {
    let root = try server().get("?f=json").json
    #expect(root["currentVersion"] == .double(11.1))
    #expect(root["folders"]?.array?.contains("Olinda") == true)
    #expect(root["services"]?.array?.contains(["name": "BlueMarble", "type": "ImageServer"]) == true)
    let folder = try server().get("Olinda?f=json").json
    #expect(folder["folders"] == [])
    #expect(folder["services"]?.array?.contains(["name": "Olinda/OlindaDEM", "type": "ImageServer"]) == true)
  }

  @Test("what is not there is an error inside status 200")
  func missing() throws {
    let folder = try server().get("NoSuchFolder?f=json")
    #expect(folder.status == 200)
    #expect(folder.json == ["error": ["code": 404, "message": "Folder not found", "details": []]])
    for path in ["Nowhere/ImageServer", "Olinda/Nowhere/ImageServer", "Nowhere/ImageServer/exportImage"] {
      let answer = try server().get(path + "?f=json")
      #expect(answer.status == 200)
      #expect(answer.json["error"]?["code"] == 404)
      let name = path.hasPrefix("Olinda") ? "Olinda/Nowhere" : "Nowhere"
      #expect(answer.json["error"]?["message"]?.string == "Service \(name)/ImageServer not found ")
      #expect(answer.json["error"]?["details"]?.array != nil)
    }
    #expect(try server().get("BlueMarble/ImageServer/nonsense?f=json").json["error"]?["message"] == "Invalid URL")
    #expect(try server().get("BlueMarble/FeatureServer?f=json").json["error"]?["code"] == 404)
  }

  @Test(
    "operations of a real server that are not there say so in its words",
    arguments: ["computeTiePoints", "measure", "export", "queryBoundary", "uploads"])
  func unsupported(_ name: String) throws {
    let error = try #require(try server().get("BlueMarble/ImageServer/\(name)?f=json").json["error"])
    #expect(error["code"] == 400)
    #expect(error["message"] == "Requested operation is not supported by this service.")
    #expect(error["details"]?.array != nil)
  }

  @Test(
    "the root of a service has all that clients read",
    arguments: ["BlueMarble", "Landsat7", "Elevation", "Olinda/OlindaDEM"])
  func root(_ name: String) throws {
    let path = "\(name)/ImageServer"
    let root = try server().get(path, ["f": "json"]).json
    for field in [
      "currentVersion", "serviceDescription", "name", "description", "extent", "initialExtent", "fullExtent",
      "spatialReference", "hasMultidimensions", "pixelSizeX", "pixelSizeY", "bandCount", "bandNames", "pixelType",
      "minPixelSize", "maxPixelSize", "copyrightText", "serviceDataType", "serviceSourceType", "minValues", "maxValues",
      "meanValues", "stdvValues", "fields", "capabilities", "defaultMosaicMethod", "allowedMosaicMethods", "sortField",
      "sortValue", "mosaicOperator", "maxDownloadSizeLimit", "maxDownloadImageCount", "defaultCompressionQuality",
      "defaultResamplingMethod", "maxImageHeight", "maxImageWidth", "maxRecordCount", "maxMosaicImageCount",
      "allowRasterFunction", "rasterFunctionInfos", "rasterTypeInfos", "mensurationCapabilities", "hasHistograms",
      "hasColormap", "hasRasterAttributeTable", "minScale", "maxScale", "exportTilesAllowed", "supportsStatistics",
      "supportsAdvancedQueries", "useStandardizedQueries", "advancedQueryCapabilities", "allowComputeTiePoints",
      "editFieldsInfo", "ownershipBasedAccessControlForRasters",
    ] { #expect(root[field] != nil, "\(field)") }
    #expect(root["name"] == .string(name))
    #expect(root["capabilities"]?.string?.split(separator: ",").contains("Image") == true)
    #expect(root["capabilities"]?.string?.contains("TilesOnly") == false)
    #expect(root["hasMultidimensions"] == false)
    let bands = try #require(root["bandCount"]?.integer)
    for array in ["minValues", "maxValues", "meanValues", "stdvValues", "bandNames"] {
      #expect(root[array]?.array?.count == bands, "\(array)")
    }
    #expect(root["initialExtent"] == root["fullExtent"] && root["extent"] == root["fullExtent"])
    // Clients compute columns and rows from the extent and the pixel size.
    let columns =
      ((root["extent"]?["xmax"]?.number ?? 0) - (root["extent"]?["xmin"]?.number ?? 0))
      / (root["pixelSizeX"]?.number ?? 0)
    if name != "Elevation" { #expect(abs(columns - columns.rounded()) < 1e-4, "\(columns)") }
    #expect(try server().post(path, ["f": "json"]).json == root)
  }

  @Test("the statistics of a service are those of its pixels")
  func statistics() throws {
    let expected = try GDAL.shared.run(
      """
      a = gdal.Open('\(Program.sampleData)/Landsat7.ImageServer/olinda_l7_etm.tif').ReadAsArray().astype(float)
      give(np.array([[b.min(), b.max(), b.mean(), b.std()] for b in a]))
      """, in: try TemporaryFolder())[0]
    let root = try server().get("Landsat7/ImageServer?f=json").json
    let names = ["minValues", "maxValues", "meanValues", "stdvValues"]
    for band in 0..<6 {
      for (column, name) in names.enumerated() {
        let value = try #require(root[name]?[band]?.number)
        // Statistics may come from an overview, which smoothes.
        #expect(abs(value - (expected[column, band] ?? 0)) < 6, "\(name) of band \(band)")
      }
    }
  }

  @Test("pjson is the same object, a blank a level")
  func pjson() throws {
    let compact = try server().get("BlueMarble/ImageServer?f=json")
    let pretty = try server().get("BlueMarble/ImageServer?f=pjson")
    #expect(pretty.json == compact.json)
    #expect(pretty.text.hasPrefix("{\n \"currentVersion\": 11.1,\n \"serviceDescription\": "))
    #expect(pretty.text.contains("\n  \"xmin\": -180,\n"))
    #expect(compact.text.hasPrefix("{\"currentVersion\":11.1,\"serviceDescription\":"))
    #expect(!compact.text.contains("\n"))
  }

  @Test("JSONP wraps the answer, errors included, for names that are safe")
  func jsonp() throws {
    for name in ["cb", "dojo_request_script_callbacks.dojo_request_script0", "$.x_1"] {
      for path in ["BlueMarble/ImageServer", "BlueMarble/ImageServer/exportImage", "Nowhere/ImageServer"] {
        let plain = try server().get(path, ["f": "json"])
        let answer = try server().get(path, ["f": "json", "callback": name])
        #expect(answer.text == "\(name)(\(plain.text));")
        #expect(answer.mediaType == "text/javascript" || answer.mediaType == "application/javascript")
      }
    }
    for name in ["alert(1)", "<script>", "a b", "x;y", "ä"] {
      let answer = try server().get("BlueMarble/ImageServer", ["f": "json", "callback": name])
      #expect(answer.mediaType == "application/json", "\(name)")
    }
  }

  @Test("the media types of JSON and HTML carry the charset")
  func mediaTypes() throws {
    #expect(try server().get("BlueMarble/ImageServer?f=json")["Content-Type"] == "application/json;charset=UTF-8")
    #expect(try server().get("BlueMarble/ImageServer?f=pjson")["Content-Type"] == "application/json;charset=UTF-8")
    #expect(try server().get("BlueMarble/ImageServer")["Content-Type"] == "text/html;charset=UTF-8")
    #expect(try server().get("BlueMarble/ImageServer?f=html")["Content-Type"] == "text/html;charset=UTF-8")
  }

  @Test("an f that is not known is an error in JSON that names it", arguments: ["xml", "lyr", "jsonp", "pbf"])
  func unknownFormat(_ format: String) throws {
    let answer = try server().get("BlueMarble/ImageServer", ["f": format])
    #expect(answer.json["error"]?["code"] == 400)
    #expect(answer.detail == "'f' parameter is invalid.")
  }

  @Test("the small resources that clients ask for first are there")
  func children() throws {
    #expect(try server().get("BlueMarble/ImageServer/keyProperties?f=json").json.object != nil)
    #expect(try server().get("BlueMarble/ImageServer/keyProperties?f=json").json["error"] == nil)
    #expect(try server().get("BlueMarble/ImageServer/rasterFunctionInfos?f=json").json["rasterFunctionInfos"] != nil)
    #expect(try server().get("Landsat7/ImageServer/statistics?f=json").json["statistics"]?.array?.count == 6)
  }
}
