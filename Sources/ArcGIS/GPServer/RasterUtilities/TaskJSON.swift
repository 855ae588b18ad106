import JSONValue
import Jobs

/// JSON in a text input of a task, read as it is meant: Esri's own examples have typographic quotes and lack commas.
enum TaskJSON {
  /// The object in an input; `nil` for one that was not given.
  /// - Throws: `JobFailure` that names the input.
  static func object(_ input: JSON?, of parameter: String) throws(JobFailure) -> JSONObject? {
    switch input {
    case nil, .null: return nil
    case .object(let object): return object
    default: break
    }
    guard let text = input?.string else { throw invalid(parameter, "a JSON object") }
    if text.allSatisfy(\.isWhitespace) { return nil }
    let straight = text.replacing("\u{201C}", with: "\"").replacing("\u{201D}", with: "\"")
    let json: JSON
    do throws(JSONSyntaxError) { json = try JSON(parsing: straight) } catch {
      throw invalid(parameter, "a JSON object; \(error.reason) at byte \(error.offset)")
    }
    guard let object = json.object else { throw invalid(parameter, "a JSON object") }
    return object
  }

  /// What a job says of an input that can't be meant.
  static func invalid(_ parameter: String, _ expected: String) -> JobFailure {
    JobFailure("ERROR 000800: \(parameter): the value is not valid. Expected \(expected).")
  }
}
