extension JSON {
  /// How a value is laid out as text.
  public enum Layout: Sendable {
    /// No white space: `f=json`.
    case compact
    /// One blank a level and a blank after the colon: `f=pjson`.
    case pretty
  }

  /// The value as UTF-8 text.
  public func serialized(_ layout: Layout = .compact) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(512)
    write(into: &out, layout, depth: 0)
    return out
  }

  /// The value as text.
  public func text(_ layout: Layout = .compact) -> String { String(decoding: serialized(layout), as: UTF8.self) }

  private func write(into out: inout [UInt8], _ layout: Layout, depth: Int) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let truth): out.append(contentsOf: (truth ? "true" : "false").utf8)
    case .int(let value): out.append(contentsOf: String(value).utf8)
    case .double(let value): Self.write(value, into: &out)
    case .string(let text): Self.write(text, into: &out)
    case .array(let elements):
      Self.writeList(elements, "[", "]", into: &out, layout, depth) { element, out in
        element.write(into: &out, layout, depth: depth + 1)
      }
    case .object(let object):
      Self.writeList(object.members, "{", "}", into: &out, layout, depth) { member, out in
        Self.write(member.name, into: &out)
        out.append(contentsOf: (layout == .pretty ? ": " : ":").utf8)
        member.value.write(into: &out, layout, depth: depth + 1)
      }
    }
  }

  private static func writeList<T>(
    _ items: [T], _ open: Unicode.Scalar, _ close: Unicode.Scalar, into out: inout [UInt8], _ layout: Layout,
    _ depth: Int, _ writeItem: (T, inout [UInt8]) -> Void
  ) {
    out.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      if layout == .pretty { newLine(into: &out, depth + 1) }
      writeItem(item, &out)
    }
    if layout == .pretty && !items.isEmpty { newLine(into: &out, depth) }
    out.append(UInt8(ascii: close))
  }

  private static func newLine(into out: inout [UInt8], _ depth: Int) {
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth))
  }

  /// Shortest digits that read back as the same double, whole numbers without a fraction (REST API 0.3); what is no
  /// number is the text `"NaN"`, as in empty envelopes.
  private static func write(_ value: Double, into out: inout [UInt8]) {
    if !value.isFinite {
      out.append(contentsOf: "\"NaN\"".utf8)
    } else if let whole = Int(exactly: value), whole.magnitude < 1_000_000_000_000_000_000 {
      out.append(contentsOf: String(whole).utf8)
    } else {
      out.append(contentsOf: value.description.utf8)
    }
  }

  private static func write(_ text: String, into out: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case 0x0D: out.append(contentsOf: "\\r".utf8)
      case 0x09: out.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        out.append(contentsOf: "\\u00".utf8)
        out.append(contentsOf: [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
