import JSONValue

/// What is wrong with a policy.
public struct JobPolicyError: Error, Sendable, Hashable {
  /// In words, with what was expected.
  public let reason: String
}

extension JobPolicy {
  /// The policy as the control API and the database write it.
  public var json: JSON {
    var members: JSONObject = [
      "progression": .string(progression == .seconds || progression == .polls ? "timed" : progression.rawValue)
    ]
    if progression == .seconds || progression == .polls { members["unit"] = .string(progression.rawValue) }
    members["submitted"] = .double(submitted)
    members["waiting"] = .double(waiting)
    members["executing"] = .double(executing)
    switch outcome {
    case .natural: members["outcome"] = "natural"
    case .timedOut: members["outcome"] = "timedOut"
    case .failed(let message):
      members["outcome"] = "failed"
      members["message"] = .string(message)
    }
    return .object(members)
  }

  /// Reads a policy; what is not said is as in the standard one. `progression` is `immediate`, `manual` or `timed`, the
  /// latter with a `unit` of `seconds` or `polls`.
  public init(json: JSONObject) throws(JobPolicyError) {
    let unit = json["unit"]
    self = .standard
    switch (json["progression"]?.string ?? "timed", unit?.string ?? "seconds") {
    case ("immediate", _): progression = .immediate
    case ("manual", _): progression = .manual
    case ("timed", "seconds"): progression = .seconds
    case ("timed", "polls"): progression = .polls
    case ("timed", _): throw JobPolicyError(reason: "unit has to be seconds or polls")
    default: throw JobPolicyError(reason: "progression has to be immediate, timed or manual")
    }
    if progression == .polls { (submitted, executing) = (1, 1) }
    submitted = try Self.length("submitted", in: json) ?? submitted
    waiting = try Self.length("waiting", in: json) ?? waiting
    executing = try Self.length("executing", in: json) ?? executing
    switch json["outcome"]?.string ?? "natural" {
    case "natural": outcome = .natural
    case "failed": outcome = .failed(json["message"]?.string ?? Self.plannedFailure)
    case "timedOut": outcome = .timedOut
    default: throw JobPolicyError(reason: "outcome has to be natural, failed or timedOut")
    }
  }

  /// What a job that fails on command says for itself.
  public static let plannedFailure = "ERROR 999999: The job failed because the test asked for it."

  private static func length(_ name: String, in json: JSONObject) throws(JobPolicyError) -> Double? {
    guard let value = json[name] else { return nil }
    guard let number = value.number, units.contains(number) else {
      throw JobPolicyError(reason: "\(name) has to be a number from 0 to \(Int(units.upperBound))")
    }
    return number
  }
}
