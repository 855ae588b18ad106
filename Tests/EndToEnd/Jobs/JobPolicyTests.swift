import Foundation
import JSONValue
import Testing

@Suite("A test decides how jobs go", .servingSampleData)
struct JobPolicyTests {
  static let task = ServerProcess.downloadRaster

  func submit(_ world: String, _ more: Parameters = [:]) throws -> String {
    try server().submit(
      [
        "inputImageLayer": "{\"url\":\"\(try server().address("Landsat7"))\"}",
        "clipSetting": "{\"extent\":{\"xmin\":290000,\"ymin\":9112000,\"xmax\":291000,\"ymax\":9113000}}",
      ] + more, world: world)
  }

  /// A world of the test's own.
  /// - Returns: its name and the beginning of its paths.
  func world() throws -> (name: String, path: String) {
    let name = try #require(try server().control("POST", "/mock/worlds", [:]).json["id"]?.string)
    return (name, "/w/\(name)")
  }

  func set(_ policy: JSON, _ world: String) throws {
    let answer = try server().control("PUT", "/mock/jobs/policy?world=\(world)", policy)
    #expect(answer.status == 200, "\(answer.text)")
  }

  func states(_ id: String, _ world: String, count: Int) throws -> [String?] {
    try (0..<count).map { _ in try server().job(id, world: world)["jobStatus"]?.string }
  }

  @Test("counted in polls, no client has to sleep, and the result is there when the job has succeeded")
  func polls() throws {
    let (name, path) = try world()
    try set(["progression": "timed", "unit": "polls", "submitted": 2, "waiting": 1, "executing": 2], name)
    let id = try submit(path)
    #expect(
      try states(id, path, count: 6) == [
        "esriJobSubmitted", "esriJobSubmitted", "esriJobWaiting", "esriJobExecuting", "esriJobExecuting",
        "esriJobSucceeded",
      ])
    let result = try server().get(
      "\(path)\(ServerProcess.services)/\(Self.task)/jobs/\(id)/results/outputRaster", ["f": "json"])
    let address = try #require(result.json["value"]?[0]?["url"]?.string)
    #expect(address.contains("\(path)/arcgis/rest/directories/"))
    #expect(try server().fetch(address).mediaType == "image/tiff")
  }

  @Test("an immediate job has succeeded at the first look")
  func immediate() throws {
    let (name, path) = try world()
    try set(["progression": "immediate"], name)
    for _ in 0..<5 { #expect(try states(try submit(path), path, count: 1) == ["esriJobSucceeded"]) }
  }

  @Test("a manual job is stepped, and each step answers when it can be seen")
  func manual() throws {
    let (name, path) = try world()
    try set(["progression": "manual"], name)
    let id = try submit(path)
    #expect(try states(id, path, count: 3) == ["esriJobSubmitted", "esriJobSubmitted", "esriJobSubmitted"])
    #expect(
      try server().control("POST", "/mock/jobs/\(id)/advance?world=\(name)").json["jobStatus"] == "esriJobExecuting")
    let executing = try server().job(id, world: path)
    #expect(executing["jobStatus"] == "esriJobExecuting" && executing["progress"] != nil)
    let early = try server().get(
      "\(path)\(ServerProcess.services)/\(Self.task)/jobs/\(id)/results/outputRaster", ["f": "json"])
    #expect(early.detail?.contains("esriJobExecuting") == true)
    #expect(
      try server().control("POST", "/mock/jobs/\(id)/advance?world=\(name)").json["jobStatus"] == "esriJobSucceeded")
    #expect(try states(id, path, count: 1) == ["esriJobSucceeded"])
    #expect(try server().control("POST", "/mock/jobs/\(id)/advance?world=\(name)").status == 409)
  }

  @Test("jobs fail, stall, time out and are forgotten on command")
  func commands() throws {
    let (name, path) = try world()
    try set(["progression": "manual"], name)
    let failing = try submit(path)
    _ = try server().control(
      "POST", "/mock/jobs/\(failing)/fail?world=\(name)", ["message": "ERROR 000117: on command"])
    let failed = try server().job(failing, world: path)
    #expect(failed["jobStatus"] == "esriJobFailed" && failed["results"] == [:])
    #expect(failed.text().contains("ERROR 000117: on command"))
    #expect(failed["code"] == nil && failed["status"] == nil, "arcgis-rest-js would take these for errors of requests")

    try set(["progression": "timed", "unit": "polls", "submitted": 0, "executing": 3], name)
    let stalled = try submit(path)
    #expect(try states(stalled, path, count: 1) == ["esriJobExecuting"])
    _ = try server().control("POST", "/mock/jobs/\(stalled)/stall?world=\(name)")
    #expect(Set(try states(stalled, path, count: 5)) == ["esriJobExecuting"])
    _ = try server().control("POST", "/mock/jobs/\(stalled)/expire?world=\(name)")
    #expect(try states(stalled, path, count: 1) == ["esriJobTimedOut"])
    #expect(try server().control("POST", "/mock/jobs/\(stalled)/expire?world=\(name)").status == 204)
    #expect(try server().job(stalled, world: path)["error"]?["details"]?[0] == "Unable to get job status.")
    #expect(try server().control("POST", "/mock/jobs/\(stalled)/advance?world=\(name)").status == 404)
  }

  @Test("an expired job's files are gone with it")
  func expiredFiles() throws {
    let (name, path) = try world()
    try set(["progression": "immediate"], name)
    let id = try submit(path)
    _ = try states(id, path, count: 1)
    let result = try server().get(
      "\(path)\(ServerProcess.services)/\(Self.task)/jobs/\(id)/results/outputRaster", ["f": "json"])
    let address = try #require(result.json["value"]?[0]?["url"]?.string)
    #expect(try server().fetch(address).status == 200)
    _ = try server().control("POST", "/mock/jobs/\(id)/expire?world=\(name)")
    #expect(try server().fetch(address).status == 404)
  }

  @Test("cancel stops a job at once, delete takes it away, and an ended one stays as it is")
  func cancel() throws {
    let (name, path) = try world()
    let jobs = "\(path)\(ServerProcess.services)/\(Self.task)/jobs"
    try set(["progression": "manual"], name)
    let id = try submit(path)
    #expect(try server().get("\(jobs)/\(id)/cancel", ["f": "json"]).json["jobStatus"] == "esriJobCancelling")
    let cancelled = try server().job(id, world: path)
    #expect(cancelled["jobStatus"] == "esriJobCancelled")
    #expect(
      cancelled["messages"]?.array?.compactMap { $0["description"]?.string } == ["Submitted.", "Cancel complete."])
    #expect(try server().post("\(jobs)/\(id)/cancel", ["f": "json"]).json["jobStatus"] == "esriJobCancelled")
    #expect(try server().post("\(jobs)/\(id)/delete", ["f": "json"]).json["jobStatus"] == "esriJobDeleted")
    #expect(try server().job(id, world: path)["error"] != nil)
  }

  @Test("policies are for the world, a service, a task or the next jobs, and leave other worlds alone")
  func scopes() throws {
    let (name, path) = try world()
    let (_, other) = try world()
    try set(["progression": "manual"], name)
    try set(["progression": "immediate", "outcome": "failed", "task": "DownloadRaster"], name)
    try set(["progression": "immediate", "outcome": "timedOut", "next": 1], name)
    #expect(try states(try submit(path), path, count: 1) == ["esriJobTimedOut"])
    #expect(try states(try submit(path), path, count: 1) == ["esriJobFailed"])
    let policies = try server().control("GET", "/mock/jobs/policy?world=\(name)").json
    #expect(policies["standard"]?["progression"] == "manual" && policies["next"] == [])
    #expect(policies["tasks"]?[Self.task]?["outcome"] == "failed")
    #expect(try server().control("DELETE", "/mock/jobs/policy?world=\(name)").status == 204)
    for world in [path, other] {
      let first = try #require(try server().job(try submit(world), world: world)["jobStatus"]?.string)
      let usual = ["esriJobSubmitted", "esriJobWaiting", "esriJobExecuting", "esriJobSucceeded"]
      #expect(usual.contains(first), "the standard policy")
    }
  }

  @Test(
    "a policy that can't be meant is refused with what was expected",
    arguments: [
      ["progression": "fast"], ["unit": "years"], ["executing": -1], ["task": "Nothing"], ["service": "Nothing"],
      ["next": 0], ["speed": 1],
    ] as [JSON])
  func badPolicy(_ policy: JSON) throws {
    let answer = try server().control("PUT", "/mock/jobs/policy", policy)
    #expect(answer.status == 400 && (answer.json["error"]?.string ?? "").count > 10, "\(answer.text)")
  }

  @Test("a job that several worlds have is told apart by its world")
  func ambiguous() throws {
    let (name, path) = try world()
    let (_, other) = try world()
    try set(["progression": "manual"], name)
    let id = try submit(path)
    #expect(try submit(other) == id)
    #expect(try server().control("POST", "/mock/jobs/\(id)/fail").status == 409)
    #expect(try server().control("POST", "/mock/jobs/\(id)/fail?world=\(name)").json["jobStatus"] == "esriJobFailed")
  }

  @Test("jobs are listed, worlds with the same seed make the same identifiers, and a reset begins anew")
  func worlds() throws {
    let (name, path) = try world()
    let first = try submit(path)
    #expect(try submit(try world().path) == first)
    let list = try server().control("GET", "/mock/jobs?world=\(name)").json["jobs"]?.array ?? []
    #expect(list.map { $0["jobId"]?.string } == [first])
    _ = try server().control("POST", "/mock/worlds/\(name)/reset")
    #expect(try server().job(first, world: path)["error"] != nil)
    #expect(try submit(path) == first)
  }
}
