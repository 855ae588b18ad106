import HTTPTypes

/// Writes the head of an answer: status line, the handler's fields, and those that belong to the server.
struct ResponseHead {
  /// How the end of the body is told.
  enum Framing {
    case length(Int)
    case chunked
    case close
    /// 1xx, 204: there is no body and nothing that speaks of one.
    case none
  }

  private(set) var bytes: [UInt8] = []
  private let server: [UInt8]
  private var date: [UInt8] = []
  private var dateSecond = Int.min

  init(serverName: String?) {
    var headers = Headers()
    if let serverName { headers.append("Server", serverName) }
    server = headers.wire
    bytes.reserveCapacity(1024)
  }

  /// - Parameter second: the time now, in seconds since 1970.
  mutating func write(
    _ status: HTTPResponse.Status, _ headers: Headers, _ framing: Framing, connection: String?, second: Int
  ) {
    if second != dateSecond {
      dateSecond = second
      date = Array("Date: \(HTTPDate.format(second))\r\n".utf8)
    }
    bytes.removeAll(keepingCapacity: true)
    append("HTTP/1.1 ")
    append(status.code)
    bytes.append(ASCII.space)
    append(status.reasonPhrase)
    append("\r\n")
    appendFields(headers)
    bytes.append(contentsOf: server)
    bytes.append(contentsOf: date)
    switch framing {
    case .length(let count):
      append("Content-Length: ")
      append(count)
      append("\r\n")
    case .chunked: append("Transfer-Encoding: chunked\r\n")
    case .close, .none: break
    }
    if let connection {
      append("Connection: ")
      append(connection)
      append("\r\n")
    }
    append("\r\n")
  }

  private mutating func appendFields(_ headers: Headers) {
    if headers.entries.contains(where: { ResponseHead.isOwn($0, headers) }) {
      for field in headers where !ResponseHead.own.contains(where: { field.name.equalsIgnoringCase($0) }) {
        append(field.name)
        append(": ")
        append(field.value)
        append("\r\n")
      }
    } else {
      bytes.append(contentsOf: headers.wire)
    }
  }

  private static let own = ["Date", "Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding"]

  @inline(__always)
  private static func isOwn(_ entry: Headers.Entry, _ headers: Headers) -> Bool {
    switch entry.name.count {
    case 4, 10, 14, 17: own.contains { headers.matches(entry, $0) }
    default: false
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func append(_ number: Int) {
    if number >= 10 { append(number / 10) }
    bytes.append(ASCII.zero + UInt8(number % 10))
  }
}
