import Testing
import Worlds

@Suite("Releases")
struct ServerVersionTests {
  /// REST API 7.4.
  @Test(
    "are read as product and REST API write them, and tell their numbers",
    arguments: [
      ("9.3.1", 9.31, "9.3.1"), ("10.0", 10.01, "10.0"), ("10.1", 10.1, "10.1"), ("10.2.2", 10.22, "10.2.2"),
      ("10.61", 10.61, "10.6.1"), ("10.9.1", 10.91, "10.9.1"), ("10.91", 10.91, "10.9.1"), ("11", 11, "11.0.0"),
      ("11.1", 11.1, "11.1.0"), ("11.5", 11.5, "11.5.0"),
    ])
  func numbers(text: String, number: Double, full: String) throws {
    let version = try #require(ServerVersion(text))
    #expect(version.number == number)
    #expect(version.full == full)
    #expect(ServerVersion(version.description) == version)
  }

  @Test(
    "that never were are refused", arguments: ["", "9.2", "13", "10.", "10.a", "-10.1", "10.1.2.3", "1e1", "10 .1"])
  func strangers(text: String) {
    #expect(ServerVersion(text) == nil)
  }

  @Test("have a span of what came and went")
  func spans() throws {
    let span = VersionSpan(since: ServerVersion(10, 1), dropped: ServerVersion(11, 1))
    #expect(!span.contains(ServerVersion(10, 0)))
    #expect(span.contains(ServerVersion(10, 1)))
    #expect(span.contains(ServerVersion(11, 0)))
    #expect(!span.contains(ServerVersion(11, 1)))
  }
}
