import Glibc

@testable import HTTP

/// A client that sends exactly the bytes it is told to.
final class RawClient {
  let descriptor: Int32
  private var buffered: [UInt8] = []

  init(port: UInt16, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw SystemError.current("connect") }
  }

  deinit { close(descriptor) }

  /// Sends all bytes; false when the server has cut the connection.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool { RawClient.sendAll(bytes, on: descriptor) }

  /// Sends all bytes from any thread; false when the server has cut the connection.
  @discardableResult
  static func sendAll(_ bytes: [UInt8], on descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Cuts the connection so that the server gets a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Whether the server has closed: nothing more comes. False when it stays silent instead.
  func isClosed() -> Bool { buffered.isEmpty && !fill() && errno != EAGAIN }

  /// All bytes until the server closes.
  func readAll() -> [UInt8] {
    while fill() {}
    defer { buffered = [] }
    return buffered
  }

  /// Waits for some bytes without taking them; false at the end.
  @discardableResult
  func fill() -> Bool {
    errno = 0
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffered.append(contentsOf: chunk[..<count])
    return true
  }

  /// An answer as a client sees it.
  struct Answer {
    var version: String
    var status: Int
    var headers: Headers
    var body: [UInt8]
    /// The bytes of head and body together.
    var rawCount = 0
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// Reads one answer; nil when the connection ends before it is whole.
  func read(toHead isHead: Bool = false) -> Answer? {
    guard let head = take(until: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
    guard let first = lines.first?.split(separator: " ", maxSplits: 2), first.count >= 2, let status = Int(first[1])
    else { return nil }
    var headers = Headers()
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers.append(String(parts[0]), parts.count > 1 ? parts[1].trimmingBlanks() : "")
    }
    var answer = Answer(version: String(first[0]), status: status, headers: headers, body: [])
    if isHead || status < 200 || status == 204 || status == 304 { return answer }
    if headers["Transfer-Encoding"] == "chunked" {
      while true {
        guard let line = take(until: Array("\r\n".utf8)),
          let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16), let data = take(size + 2)
        else { return nil }
        if size == 0 { return answer }
        answer.body += data.dropLast(2)
      }
    }
    if let length = headers["Content-Length"].flatMap({ Int($0) }) {
      guard let body = take(length) else { return nil }
      answer.body = body
      answer.rawCount = head.count + length
    } else {
      answer.body = readAll()
    }
    return answer
  }

  /// Sends a request and reads its answer.
  func exchange(_ request: String) -> Answer? {
    send(request)
    return read(toHead: request.hasPrefix("HEAD"))
  }

  /// Reads and drops so many bytes; returns how many came.
  func count(bytes wanted: Int) -> Int {
    var count = buffered.count
    buffered = []
    while count < wanted, fill() {
      count += buffered.count
      buffered = []
    }
    return count
  }

  private func take(_ count: Int) -> [UInt8]? {
    while buffered.count < count { guard fill() else { return nil } }
    defer { buffered.removeFirst(count) }
    return Array(buffered[..<count])
  }

  private func take(until end: [UInt8]) -> [UInt8]? {
    var searched = 0
    while true {
      if buffered.count >= end.count {
        for start in searched...(buffered.count - end.count)
        where buffered[start] == end[0] && buffered[start..<(start + end.count)].elementsEqual(end) {
          return take(start + end.count)
        }
        searched = buffered.count - end.count + 1
      }
      guard fill() else { return nil }
    }
  }
}
