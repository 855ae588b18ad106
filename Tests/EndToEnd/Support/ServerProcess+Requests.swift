import JSONValue
import Testing

extension ServerProcess {
  /// The path of the services, where paths that do not begin with a slash start.
  static let services = "/arcgis/rest/services"

  /// One request on a connection of its own.
  func request(
    _ method: String, _ path: String, _ parameters: Parameters = [:], headers: [(String, String)] = [],
    body: [UInt8]? = nil
  ) throws -> HTTPAnswer {
    let connection = try HTTPConnection(port: port)
    let query = parameters.pairs.isEmpty ? "" : (path.contains("?") ? "&" : "?") + parameters.encoded
    let target = (path.hasPrefix("/") ? path : "\(Self.services)/\(path)") + query
    var fields = headers
    if !fields.contains(where: { $0.0.lowercased() == "host" }) { fields.append(("Host", "127.0.0.1:\(port)")) }
    if let body { fields.append(("Content-Length", "\(body.count)")) }
    fields.append(("Connection", "close"))
    let head = "\(method) \(target) HTTP/1.1\r\n" + fields.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
    try connection.send(Array(head.utf8) + (body ?? []))
    let bytes = connection.receiveAll()
    return try #require(HTTPAnswer(bytes), "\(method) \(target.prefix(200)) got \(bytes.count) bytes")
  }

  /// GET.
  func get(_ path: String, _ parameters: Parameters = [:], headers: [(String, String)] = []) throws -> HTTPAnswer {
    try request("GET", path, parameters, headers: headers)
  }

  /// POST of a form.
  func post(_ path: String, _ form: Parameters) throws -> HTTPAnswer {
    try request(
      "POST", path, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.encoded.utf8))
  }

  /// POST of JSON to the control API.
  func control(_ method: String, _ path: String, _ body: JSON? = nil) throws -> HTTPAnswer {
    try request(
      method, path, headers: body == nil ? [] : [("Content-Type", "application/json")],
      body: body.map { Array($0.text().utf8) } ?? (method == "POST" ? [] : nil))
  }

  /// An absolute address of an answer, fetched from this server.
  func fetch(_ address: String, headers: [(String, String)] = []) throws -> HTTPAnswer {
    let prefix = "http://127.0.0.1:\(port)"
    try #require(address.hasPrefix(prefix), "\(address) is of this server")
    return try get(String(address.dropFirst(prefix.count)), headers: headers)
  }
}
