import Foundation
import JSONValue
import Testing

extension ServerProcess {
  /// The task, below the services.
  static let downloadRaster = "Utilities/RasterUtilities/GPServer/DownloadRaster"

  /// The address of an image service, as clients of this server know it.
  func address(_ service: String) -> String { "http://127.0.0.1:\(port)\(Self.services)/\(service)/ImageServer" }

  /// Submits a job of DownloadRaster.
  /// - Returns: its identifier.
  func submit(_ parameters: Parameters, world: String = "") throws -> String {
    let answer = try post("\(world)\(Self.services)/\(Self.downloadRaster)/submitJob", parameters + ["f": "json"])
    return try #require(answer.json["jobId"]?.string, "\(answer.text)")
  }

  /// One question for the status of a job.
  func job(_ id: String, world: String = "") throws -> JSON {
    try get("\(world)\(Self.services)/\(Self.downloadRaster)/jobs/\(id)", ["f": "json"]).json
  }

  /// The job when it has ended, or after some minutes: programs under a sanitizer take their time.
  func ended(_ id: String) throws -> JSON {
    for _ in 0..<20_000 {
      let job = try job(id)
      let status = job["jobStatus"]?.string ?? ""
      if ["esriJobSucceeded", "esriJobFailed", "esriJobCancelled", "esriJobTimedOut"].contains(status) { return job }
      usleep(10_000)
    }
    return try job(id)
  }

  /// The rasters that a job of DownloadRaster makes, fetched.
  func download(_ parameters: Parameters) throws -> [HTTPAnswer] {
    let id = try submit(parameters)
    let job = try ended(id)
    try #require(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    let result = try get("\(Self.downloadRaster)/jobs/\(id)/results/outputRaster", ["f": "json"]).json
    return try (result["value"]?.array ?? []).map { try fetch(try #require($0["url"]?.string)) }
  }

  /// The messages of type error of a job that is expected to fail.
  func failure(_ parameters: Parameters) throws -> [String] {
    let job = try ended(try submit(parameters))
    #expect(job["jobStatus"] == "esriJobFailed", "\(job.text())")
    return (job["messages"]?.array ?? []).filter { $0["type"] == "esriJobMessageTypeError" }
      .compactMap { $0["description"]?.string }
  }
}
