import Glibc

/// One request for `/rest/info` over a plain socket: it is there although the control API be closed.
enum HealthProbe {
  /// The status of the answer; `nil` when there is none within five seconds.
  static func status(host: String, port: UInt16, context: String) -> Int? {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found else { return nil }
    defer { freeaddrinfo(found) }
    let descriptor = socket(address.pointee.ai_family, address.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    guard connect(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 else { return nil }
    let request = Array(
      "GET /\(context)/rest/info?f=json HTTP/1.1\r\nHost: \(host.contains(":") ? "[\(host)]" : host)\r\nConnection: close\r\n\r\n"
        .utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var head = [UInt8](repeating: 0, count: 64)
    let count = recv(descriptor, &head, head.count, 0)
    guard count > 12 else { return nil }
    let line = String(decoding: head.prefix(count), as: UTF8.self).split(separator: " ")
    return line.count > 1 ? Int(line[1]) : nil
  }
}
