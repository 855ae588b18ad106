import HTTPTypes

/// A request target taken apart (RFC 9112 3.2).
struct RequestTarget: Sendable {
  var text: String
  var path: String
  var query: String?
  /// Host and port of an absolute or authority target.
  var authority: String?

  /// Reads a target.
  ///
  /// Bytes above ASCII and characters that a URI should have escaped are let through: clients send them raw and mean
  /// them. A fragment is dropped.
  init(_ bytes: UnsafeBufferPointer<UInt8>, method: HTTPRequest.Method) throws(Refusal) {
    guard !bytes.isEmpty else { throw .badRequest("The request target is empty.") }
    var escapes = false
    var question: Int?
    var fragment: Int?
    for (offset, byte) in bytes.enumerated() {
      guard byte > ASCII.space, byte != 0x7F else {
        throw .badRequest("The request target holds a blank or a control character.")
      }
      if byte == ASCII.percent { escapes = true }
      if byte == 0x23, fragment == nil { fragment = offset }
      if byte == ASCII.question, question == nil, fragment == nil { question = offset }
    }
    if escapes, RequestTarget.holdsEscapedNull(bytes) {
      throw .badRequest("The request target holds %00.")
    }
    text = String(decoding: bytes, as: UTF8.self)
    if method == .connect {
      guard Authority(bytes)?.port != nil else { throw .badRequest("CONNECT needs host:port as its target.") }
      path = ""
      authority = text
      return
    }
    if bytes.count == 1, bytes[0] == UInt8(ascii: "*") {
      guard method == .options else { throw .badRequest("Only OPTIONS can have the target *.") }
      path = text
      return
    }
    let end = fragment ?? bytes.count
    var start = 0
    if bytes[0] != ASCII.slash {
      let pathStart = try RequestTarget.authorityEnd(bytes, end)
      let scheme = bytes.firstIndex(of: ASCII.colon).map { $0 + 3 } ?? 0
      let host = UnsafeBufferPointer(rebasing: bytes[scheme..<pathStart])
      guard !host.isEmpty, Authority(host) != nil else {
        throw .badRequest("The host of the request target is malformed.")
      }
      authority = String(decoding: host, as: UTF8.self)
      start = pathStart
    }
    query = question.map { String(decoding: bytes[($0 + 1)..<end], as: UTF8.self) }
    let pathEnd = question ?? end
    if start == pathEnd {
      path = method == .options && question == nil && start > 0 ? "*" : "/"
    } else {
      path = start == 0 && pathEnd == bytes.count ? text : String(decoding: bytes[start..<pathEnd], as: UTF8.self)
    }
  }

  /// Where the authority of `http://authority/path` ends.
  private static func authorityEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) throws(Refusal) -> Int {
    for scheme in ["http://", "https://"] {
      let prefix = bytes.prefix(scheme.utf8.count)
      guard prefix.elementsEqual(scheme.utf8, by: { $0.lowercased == $1 }) else { continue }
      return bytes[prefix.endIndex..<end].firstIndex { $0 == ASCII.slash || $0 == ASCII.question } ?? end
    }
    throw .badRequest("The request target is neither a path nor an http address.")
  }

  private static func holdsEscapedNull(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 3 else { return false }
    for offset in 0..<(bytes.count - 2) where bytes[offset] == ASCII.percent {
      if bytes[offset + 1] == ASCII.zero, bytes[offset + 2] == ASCII.zero { return true }
    }
    return false
  }
}
