import JSONValue
import Testing

@testable import Jobs

@Suite("What jobs are told with")
struct JobTextTests {
  // By `date -u -d @SECONDS`.
  @Test(
    "times read as geoprocessing tools write them",
    arguments: [
      (1_550_586_219_000, "Tuesday, February 19, 2019 2:23:39 PM"), (0, "Thursday, January 1, 1970 12:00:00 AM"),
      (951_782_400_000, "Tuesday, February 29, 2000 12:00:00 AM"),
      (1_798_718_399_999, "Thursday, December 31, 2026 11:59:59 AM"), (-1, "Wednesday, December 31, 1969 11:59:59 PM"),
    ])
  func time(_ milliseconds: Int, _ text: String) {
    #expect(JobTime.text(milliseconds) == text)
  }

  @Test("elapsed times have two decimals")
  func elapsed() {
    #expect(JobTime.elapsed(from: 1000, to: 6400) == "(Elapsed Time: 5.40 seconds)")
    #expect(JobTime.elapsed(from: 5, to: 0) == "(Elapsed Time: 0.00 seconds)")
  }

  @Test("nothing but its removal follows the end of a job, and every state leads to an end")
  func transitions() {
    for status in JobStatus.allCases where status.isFinal && status != .deleted {
      #expect(status.successors == [.deleting])
    }
    for status in JobStatus.allCases {
      var reached: Set<JobStatus> = [status]
      for _ in JobStatus.allCases { reached.formUnion(reached.flatMap(\.successors)) }
      #expect(reached.contains(.deleted), "\(status)")
    }
  }

  @Test(
    "a policy is read from what it is written as",
    arguments: [
      JobPolicy.standard, JobPolicy(.immediate), JobPolicy(.manual, outcome: .timedOut),
      JobPolicy(.polls, submitted: 2, waiting: 1, executing: 3, outcome: .failed("no")),
    ])
  func policy(_ policy: JobPolicy) throws {
    #expect(try JobPolicy(json: try #require(policy.json.object)) == policy)
  }

  @Test(
    "a policy that can't be meant is refused",
    arguments: [
      ["progression": "quick"], ["unit": "days"], ["submitted": -1], ["executing": "soon"], ["outcome": "maybe"],
      ["waiting": 1e9],
    ] as [JSONObject])
  func badPolicy(_ json: JSONObject) {
    #expect(throws: JobPolicyError.self) { try JobPolicy(json: json) }
  }
}
