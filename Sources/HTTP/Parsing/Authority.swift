import Glibc

/// `host[:port]` as `Host` and absolute targets carry it (RFC 3986 3.2 without user information, which
/// RFC 9110 4.2.4 has servers refuse).
struct Authority {
  /// The port; nil when it is absent or empty.
  let port: UInt16?

  /// Nil when the text is no host and port. The empty text is one, a port without host is none (RFC 9110 4.2.1).
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")), Authority.isAddress(rest[1..<end]) else { return nil }
      rest = rest[(end + 1)...]
    } else {
      let end = rest.firstIndex(of: ASCII.colon) ?? rest.endIndex
      guard Authority.isName(rest[..<end]), end > rest.startIndex || rest.isEmpty else { return nil }
      rest = rest[end...]
    }
    guard let colon = rest.first else {
      port = nil
      return
    }
    guard colon == ASCII.colon else { return nil }
    var value = 0
    for byte in rest.dropFirst() {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - ASCII.zero)
      guard value <= 65535 else { return nil }
    }
    port = rest.count > 1 ? UInt16(value) : nil
  }

  /// `reg-name` or an IPv4 address: unreserved characters, sub-delimiters and escapes.
  private static func isName(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var position = name.startIndex
    while position < name.endIndex {
      let byte = name[position]
      if byte == ASCII.percent {
        guard position + 2 < name.endIndex, name[position + 1].hexadecimalValue != nil,
          name[position + 2].hexadecimalValue != nil
        else { return false }
        position += 3
        continue
      }
      guard isUnreservedOrDelimiter(byte) else { return false }
      position += 1
    }
    return true
  }

  /// An IPv6 address, or `v` and a future one.
  private static func isAddress(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = text.first else { return false }
    if first.lowercased == UInt8(ascii: "v") {
      let parts = text.dropFirst().split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
        && parts[0].allSatisfy { $0.hexadecimalValue != nil }
        && parts[1].allSatisfy { isUnreservedOrDelimiter($0) || $0 == ASCII.colon }
    }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &address) == 1
  }

  private static func isUnreservedOrDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    case UInt8(ascii: "!"), UInt8(ascii: "$"), 0x26...0x2C, ASCII.semicolon, ASCII.equals: true
    default: false
    }
  }
}
