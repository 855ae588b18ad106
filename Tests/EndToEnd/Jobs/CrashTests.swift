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
