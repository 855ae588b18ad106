import Foundation
import JSONValue
import Testing

@Suite("A geoprocessing service and the life of its jobs", .servingSampleData)
struct GPServerTests {
  static let service = "Utilities/RasterUtilities/GPServer"
  static let task = ServerProcess.downloadRaster
  /// A small part of a service of the suite's server.
  func part() throws -> Parameters {
    [
      "inputImageLayer": "{\"url\":\"\(try server().address("Landsat7"))\"}",
      "clipSetting": "{\"extent\":{\"xmin\":290000,\"ymin\":9112000,\"xmax\":291000,\"ymax\":9113000}}",
    ]
  }

  @Test("the service is listed in its folder, and answered without the folder too", arguments: ["", "pjson"])
  func listed(_ format: String) throws {
    let root = try server().get("?f=json").json
    #expect(root["folders"]?.array?.contains("Utilities") == true)
    let folder = try server().get("Utilities?f=json").json
    #expect(folder["services"]?[0] == ["name": "Utilities/RasterUtilities", "type": "GPServer"])
    for name in [Self.service, "RasterUtilities/GPServer", "\(Self.service)/"] {
      let service = try server().get(name, ["f": "json"]).json
      #expect(service["tasks"] == ["DownloadRaster"] && service["resultMapServerName"] == "")
      #expect(service["executionType"] == "esriExecutionTypeAsynchronous")
    }
  }

  @Test("a task tells its parameters in the documented order, to GET and POST alike")
  func parameters() throws {
    for answer in [try server().get(Self.task, ["f": "json"]), try server().post(Self.task, ["f": "json"])] {
      let parameters = answer.json["parameters"]?.array ?? []
      #expect(
        parameters.map { [$0["name"]?.string, $0["dataType"]?.string] } == [
          ["inputImageLayer", "GPString"], ["clipSetting", "GPString"], ["context", "GPString"],
          ["outputRaster", "GPMultiValue:GPRasterDataLayer"],
        ])
      #expect(
        parameters[0].object?.map(\.name) == [
          "name", "dataType", "displayName", "description", "direction", "defaultValue", "parameterType", "category",
        ])
      #expect(
        parameters.map { $0["parameterType"]?.string?.dropFirst(19) } == [
          "Required", "Optional", "Optional", "Derived",
        ])
    }
  }

  @Test("a job goes from submitted to succeeded, and tells results, inputs and messages in the documented order")
  func life() throws {
    let id = try server().submit(try part())
    #expect(id.count == 33 && id.first == "j" && id.dropFirst().allSatisfy(\.isHexDigit))
    let job = try server().ended(id)
    #expect(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    #expect(job.object?.map(\.name) == ["jobId", "jobStatus", "results", "inputs", "messages"])
    #expect(job["results"] == ["outputRaster": ["paramUrl": "results/outputRaster"]])
    #expect(job["inputs"]?["clipSetting"] == ["paramUrl": "inputs/clipSetting"])
    let messages = job["messages"]?.array ?? []
    #expect(messages.first == ["type": "esriJobMessageTypeInformative", "description": "Submitted."])
    #expect(messages.last?["description"]?.string?.hasPrefix("Succeeded at ") == true)
    #expect(
      try server().get("\(Self.task)/jobs/\(id)", ["f": "json", "returnMessages": "false"]).json["messages"] == nil)

    let result = try server().get("\(Self.task)/jobs/\(id)/results/OUTPUTRASTER", ["f": "json"]).json
    #expect(result.object?.map(\.name) == ["paramName", "dataType", "value"])
    #expect(result["paramName"] == "outputRaster" && result["dataType"] == "GPMultiValue:GPRasterDataLayer")
    #expect(result["value"]?[0]?.object?.map(\.name) == ["url", "format"] && result["value"]?[0]?["format"] == "tif")
    let directory =
      "http://127.0.0.1:\(try server().port)/arcgis/rest/directories/arcgisjobs/utilities/rasterutilities_gpserver"
    #expect(result["value"]?[0]?["url"] == .string("\(directory)/\(id)/scratch/Landsat7.tif"))
    let input = try server().post("\(Self.task)/jobs/\(id)/inputs/clipSetting", ["f": "json"]).json
    #expect(input["value"]?.string == (try part()).pairs[1].value)
    #expect(try server().get("\(Self.task)/jobs/\(id)/results", ["f": "json"]).json["outputRaster"] == result)
    #expect(try server().get("\(Self.task)/jobs/\(id)/inputs", ["f": "json"]).json.object?.map(\.name).count == 3)
  }

  @Test("addresses of results are those under which the client asks")
  func addresses() throws {
    let id = try server().submit(try part())
    _ = try server().ended(id)
    let answer = try server().get(
      "\(Self.task)/jobs/\(id)/results/outputRaster", ["f": "json"],
      headers: [("Host", "maps.example.org"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/gis")])
    #expect(
      answer.json["value"]?[0]?["url"]?.string?.hasPrefix("https://maps.example.org/gis/arcgis/rest/directories/")
        == true)
  }

  @Test("a browser is led from the form to the page of its job, and from there to the result")
  func pages() throws {
    let form = try server().get("\(Self.task)/submitJob").text
    #expect(form.contains("name=\"inputImageLayer\"") && form.contains("inputImageLayer (GPString)"))
    #expect(form.contains("Return Z") && form.contains("<h1>Submit Job (DownloadRaster)</h1>"))
    let answer = try server().post("\(Self.task)/submitJob", try part())
    #expect(answer.status == 302)
    let address = try #require(answer["Location"])
    let id = String(address.split(separator: "/").last ?? "")
    _ = try server().ended(id)
    let page = try server().fetch(address).text
    #expect(page.contains("jobs/\(id)/results/outputRaster\"") && page.contains("Delete Job"))
    #expect(page.contains("<h1>Job (\(id))</h1>") && page.contains("esriJobSucceeded"))
    #expect(try server().get(Self.task).text.contains("Parameter: outputRaster"))
    #expect(page.contains("RasterUtilities (GPServer)"))
    let result = try server().get("\(Self.task)/jobs/\(id)/results/outputRaster").text
    #expect(result.contains("/scratch/Landsat7.tif\">"))
    #expect(try server().get(Self.service).text.contains("/GPServer/DownloadRaster\">DownloadRaster</a>"))
    #expect(try server().get("\(Self.task)/metadata").text.contains("<param name=\"clipSetting\""))
  }

  @Test("the directory of a job's files is listed as JSON and as a page")
  func directory() throws {
    let id = try server().submit(try part())
    _ = try server().ended(id)
    let result = try server().get("\(Self.task)/jobs/\(id)/results/outputRaster", ["f": "json"]).json
    let file = try #require(result["value"]?[0]?["url"]?.string)
    let folder = file.replacing("/Landsat7.tif", with: "")
    for address in ["\(folder)?f=json", "\(folder)/?f=pjson"] {
      let listing = try server().fetch(address).json
      #expect(listing == ["folders": [], "files": [["name": "Landsat7.tif", "url": .string(file)]]])
    }
    let above = try server().fetch(folder.replacing("/scratch", with: "?f=json")).json
    #expect(above["folders"] == [["name": "scratch", "url": .string(folder)]] && above["files"] == [])
    #expect(try server().fetch(folder).text.contains("/scratch/Landsat7.tif\">Landsat7.tif</a>"))
    #expect(try server().fetch("\(folder)/nothing?f=json").status == 404)
    #expect(try server().fetch("\(folder)/..%2f..?f=json").status == 404)
    let part = try server().fetch(file, headers: [("Range", "bytes=0-3")])
    #expect(part.status == 206 && part.body == [0x49, 0x49, 42, 0])
  }

  @Test("a submission without what is required is refused at the door")
  func required() throws {
    let answer = try server().post("\(Self.task)/submitJob", ["f": "json", "clipSetting": "{}"]).json
    #expect(answer["error"]?["code"] == 400 && answer["error"]?["message"] == "Unable to complete operation.")
    #expect(
      answer["error"]?["details"] == ["Error executing tool. ERROR 000735: inputImageLayer: Value is required"])
  }

  @Test("execute is answered as by an asynchronous task, and other paths are no resources")
  func execute() throws {
    let answer = try server().post("\(Self.task)/execute", try part() + ["f": "json"]).json
    #expect(answer["error"]?["message"] == "Unable to complete operation.")
    #expect(try server().get("\(Self.task)/nothing", ["f": "json"]).json["error"]?["message"] == "Invalid URL")
    let service = try server().get("Utilities/Nothing/GPServer", ["f": "json"]).json
    #expect(service["error"]?["message"] == "Service Utilities/Nothing/GPServer not found ")
  }

  @Test("a job that is not there, and results that are not there yet, say so")
  func unknown() throws {
    for end in ["", "/results/outputRaster", "/inputs/context", "/cancel", "/delete"] {
      let answer = try server().get("\(Self.task)/jobs/j0123\(end)", ["f": "json"])
      #expect(answer.status == 200 && answer.detail == "Unable to get job status.", "\(end)")
    }
    let id = try server().submit(try part())
    _ = try server().ended(id)
    #expect(try server().get("\(Self.task)/jobs/\(id)/results/other", ["f": "json"]).json["error"]?["code"] == 400)
  }

  @Test("releases before the task's do not have it, and progress came with 10.8.1")
  func versions() throws {
    let old = try server().control("POST", "/mock/worlds", ["serverVersion": "10.8"]).json
    let base = try #require(old["url"]?.string)
    #expect(try server().fetch("\(base)/\(Self.service)?f=json").json["tasks"] == [])
    #expect(try server().fetch("\(base)/\(Self.task)?f=json").json["error"]?["code"] == 400)
    let new = try server().control("POST", "/mock/worlds", ["serverVersion": "10.9.1"]).json
    let task = try server().fetch("\(try #require(new["url"]?.string))/\(Self.task)?f=json").json
    #expect(task["parameters"]?[3]?["parameterInfos"] == nil, "since 11.0")
  }
}
