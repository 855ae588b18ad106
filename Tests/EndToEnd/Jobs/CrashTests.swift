import Foundation
import JSONValue
import Testing

@Suite("Killed at any moment of a job, nothing is lost")
struct CrashTests {
  @Test(
    "fifty times: ended jobs keep their results, interrupted ones end after the next start, no half file is left",
    .timeLimit(.minutes(10)))
  func kill() throws {
    let (data, state) = (try TemporaryFolder(), try TemporaryFolder())
    try GDAL.shared.run(
      "write('Large.tif', smooth(3, 900, 900, np.uint8, 0, 255), (0, 0, 9000, 9000), 'EPSG:3857', options=['TILED=YES'])",
      in: data)
    let port = try HTTPConnection.freePort()
    let parameters: Parameters = [
      "inputImageLayer": "{\"url\":\"http://127.0.0.1:\(port)/arcgis/rest/services/Large/ImageServer\"}",
      "context": "{\"outSR\":32631,\"resamplingMethod\":\"CUBIC\"}",
    ]
    var generator = SeededGenerator(seed: 50)
    var known: [String: Int] = [:]
    for round in 0..<50 {
      let server = try ServerProcess(data.path, options: ["--state", state.path], port: port)
      // What earlier rounds have left ends, with the same bytes as ever.
      for (id, size) in known.sorted(by: { $0.key < $1.key }).suffix(4) {
        let job = try server.ended(id)
        #expect(job["jobStatus"] == "esriJobSucceeded", "round \(round): \(job.text())")
        let bytes = try result(of: id, server).count
        #expect(size == 0 || size == bytes, "round \(round)")
        known[id] = bytes
      }
      let id = try server.submit(parameters)
      known[id] = 0
      // From at once to some time after the end of the job.
      usleep(UInt32.random(in: 0...300_000, using: &generator))
      server.signal(SIGKILL)
      _ = server.wait()
    }
    let last = try ServerProcess(data.path, options: ["--state", state.path], port: port)
    var sizes: Set<Int> = []
    for id in known.keys {
      #expect(try last.ended(id)["jobStatus"] == "esriJobSucceeded", "\(id)")
      sizes.insert(try result(of: id, last).count)
    }
    #expect(known.count == 50 && sizes.count == 1, "fifty jobs with the same result: \(sizes)")
    let files = FileManager.default.enumerator(atPath: state.path("outputs"))?.compactMap { $0 as? String } ?? []
    #expect(files.filter { $0.hasSuffix(".part") } == [])
    #expect(files.filter { $0.hasSuffix(".tif") }.count == 50)
    try last.stop()
  }

  @Test("an export of tiles that is interrupted begins anew, and gives the package that it would have given")
  func export() throws {
    let (data, state) = (try TemporaryFolder(), try TemporaryFolder())
    try GDAL.shared.run(
      "w = 20037508.342787\nwrite('World.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-w, -w, w, w), 'EPSG:3857')",
      in: data)
    var generator = SeededGenerator(seed: 7)
    let parameters: Parameters = ["levels": "0-5", "tilePackage": "true", "f": "json"]
    var known: [String] = []
    for _ in 0..<8 {
      let server = try ServerProcess(data.path, options: ["--state", state.path])
      let answer = try server.get("World/ImageServer/exportTiles", parameters)
      known.append(try #require(answer.json["jobId"]?.string))
      usleep(UInt32.random(in: 0...400_000, using: &generator))
      server.signal(SIGKILL)
      _ = server.wait()
    }
    let last = try ServerProcess(data.path, options: ["--state", state.path])
    var sizes: Set<Int> = []
    for id in known {
      let job = try last.ended(id, below: "World/ImageServer")
      #expect(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
      let value = try last.get("World/ImageServer/jobs/\(id)/results/out_service_url", ["f": "json"]).json["value"]
      let files = try last.get(
        "\(String(try #require(value?.string).drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }))?f=json")
      #expect(files.json["files"]?[0]?["name"] == "Layers.tpk", "\(files.text)")
      let path = "outputs/default/arcgisoutput/World_ImageServer/_ags_\(id)/Layers.tpk"
      sizes.insert(try Data(contentsOf: URL(fileURLWithPath: state.path(path))).count)
    }
    #expect(sizes.count == 1)
    let left = FileManager.default.enumerator(atPath: state.path("outputs"))?.compactMap { $0 as? String } ?? []
    #expect(left.filter { $0.contains(".part") } == [])
    // What a job has made goes with it.
    _ = try last.get("World/ImageServer/jobs/\(known[0])/delete", ["f": "json"])
    #expect(
      !FileManager.default.fileExists(
        atPath: state.path("outputs/default/arcgisoutput/World_ImageServer/_ags_\(known[0])")))
    try last.stop()
  }

  @Test("a disk that is full fails an export, leaves nothing, and the server goes on")
  func fullDisk() throws {
    let (data, state) = (try TemporaryFolder(), try TemporaryFolder())
    try GDAL.shared.run(
      "w = 20037508.342787\nwrite('World.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-w, -w, w, w), 'EPSG:3857')",
      in: data)
    let server = try ServerProcess(data.path, options: ["--state", state.path])
    try server.limitFiles(to: 300_000)
    for parameters in [
      ["tilePackage": "true"], ["tilePackage": "true", "storageFormatType": "tpkx"], ["storageFormatType": "compactv2"],
    ] as [Parameters] {
      let messages = try server.exportFailure("World/ImageServer", parameters + ["levels": "0-4"])
      #expect(messages.contains { $0.hasPrefix("ERROR 000582: ") && $0.contains("File too large") }, "\(messages)")
    }
    let left = FileManager.default.enumerator(atPath: state.path("outputs"))?.compactMap { $0 as? String } ?? []
    #expect(left.filter { $0.contains("_ags_") } == [])
    try server.limitFiles(to: nil)
    #expect(try server.exportTiles("World/ImageServer", ["levels": "0-4", "tilePackage": "true"]).files.count == 1)
    try server.stop()
  }

  func result(of id: String, _ server: ServerProcess) throws -> [UInt8] {
    let result = try server.get("\(ServerProcess.downloadRaster)/jobs/\(id)/results/outputRaster", ["f": "json"]).json
    let answer = try server.fetch(try #require(result["value"]?[0]?["url"]?.string, "\(result.text())"))
    #expect(answer.status == 200)
    return answer.body
  }

  @Test("a job in the middle of its work is cancelled and leaves no file, and so does one that a stop interrupts")
  func cancel() throws {
    let (data, state) = (try TemporaryFolder(), try TemporaryFolder())
    try GDAL.shared.run(
      "write('Large.tif', smooth(3, 2000, 2000, np.uint8, 0, 255), (0, 0, 20000, 20000), 'EPSG:3857', options=['TILED=YES'])",
      in: data)
    let server = try ServerProcess(data.path, options: ["--state", state.path])
    let parameters: Parameters = [
      "inputImageLayer": "{\"url\":\"\(server.address("Large"))\"}",
      "context": "{\"cellSize\":0.8,\"outSR\":32631,\"resamplingMethod\":\"CUBIC\"}",
    ]
    let id = try server.submit(parameters)
    for _ in 0..<2000 {
      if let percent = try server.job(id)["progress"]?["percent"]?.integer, percent > 0 { break }
      usleep(5_000)
    }
    #expect(try server.job(id)["jobStatus"] == "esriJobExecuting")
    _ = try server.get("\(ServerProcess.downloadRaster)/jobs/\(id)/cancel", ["f": "json"])
    #expect(try server.ended(id)["jobStatus"] == "esriJobCancelled")
    let files = { FileManager.default.enumerator(atPath: state.path("outputs"))?.compactMap { $0 as? String } ?? [] }
    #expect(files().filter { $0.contains(".tif") } == [])
    _ = try server.submit(parameters)
    usleep(300_000)
    try server.stop()
    #expect(files().filter { $0.contains(".tif") } == [])
  }
}
