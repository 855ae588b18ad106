/// A path below `/mock`: words, and names in braces that stand for any one part.
struct ControlPath: ExpressibleByArrayLiteral, Sendable {
  private let parts: [String]

  init(arrayLiteral parts: String...) { self.parts = parts }

  /// Whether it is about jobs.
  var isOfJobs: Bool { parts.first == "jobs" }

  /// The variables, when the path fits.
  func match(_ path: [String]) -> [String: String]? {
    guard path.count == parts.count else { return nil }
    var variables: [String: String] = [:]
    for (part, word) in zip(parts, path) {
      if part.hasPrefix("{") {
        variables[String(part.dropFirst().dropLast())] = word
      } else if part != word {
        return nil
      }
    }
    return variables
  }
}
