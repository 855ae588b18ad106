import Glibc
import JSONValue
import Logging

/// How log lines look.
enum LogFormat: String, CaseIterable, Sendable {
  /// Time, level and message.
  case text
  /// An object a line.
  case json
}

/// Writes log lines to standard error.
struct LineLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  let format: LogFormat

  init(format: LogFormat, level: Logger.Level) {
    self.format = format
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var standardError = StandardError()
    switch format {
    case .text:
      standardError.write("\(Self.time()) \(event.level) \(event.message)\n")
    case .json:
      let line: JSON = [
        "time": .string(Self.time()), "level": .string("\(event.level)"), "message": .string("\(event.message)"),
      ]
      standardError.write(line.text() + "\n")
    }
  }

  private static func time() -> String {
    var now = time_t()
    Glibc.time(&now)
    var parts = tm()
    gmtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
