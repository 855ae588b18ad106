import CLinux

/// Takes a `multipart/form-data` body apart (RFC 7578, RFC 2046 5.1).
enum MultipartForm {
  /// Longest head of a part, in bytes: many times what names and types need.
  private static let longestHead = 8 * 1024

  /// The parts in order; empty when the body doesn't hold together or a part's head is too long. More parts than a query may have pairs are left out.
  static func parts(of body: [UInt8], boundary: String) -> [FormPart] {
    guard !boundary.isEmpty, boundary.utf8.count <= 70 else { return [] }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    var parts: [FormPart] = []
    // The first delimiter may stand at the very beginning, without the line end that belongs to the others.
    var position = delimiter.count - 2
    if !body.starts(with: delimiter.dropFirst(2)) {
      guard let preamble = find(delimiter, in: body, from: 0) else { return [] }
      position = preamble + delimiter.count
    }
    while parts.count < PercentEncoding.maximumParameters {
      if body[position...].starts(with: "--".utf8) { return parts }
      while position < body.count, body[position].isBlank { position += 1 }
      guard body[position...].starts(with: "\r\n".utf8) else { return [] }
      // The fields begin after this line end; without any, the empty line follows at once.
      guard let headEnd = find(Array("\r\n\r\n".utf8), in: body, from: position),
        headEnd - position <= longestHead, let end = find(delimiter, in: body, from: headEnd + 2)
      else { return [] }
      let content = headEnd + 4 <= end ? body[(headEnd + 4)..<end] : []
      if let part = part(head: body[position..<headEnd], content: content) { parts.append(part) }
      position = end + delimiter.count
    }
    return parts
  }

  private static func part(head: ArraySlice<UInt8>, content: ArraySlice<UInt8>) -> FormPart? {
    var disposition: MediaType?
    var contentType: String?
    for line in head.split(whereSeparator: { $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn }) {
      guard let colon = line.firstIndex(of: ASCII.colon) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self)
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingBlanks()
      if name.equalsIgnoringCase("Content-Disposition") { disposition = MediaType(value) }
      if name.equalsIgnoringCase("Content-Type") { contentType = value }
    }
    guard let disposition, disposition.essence == "form-data", let name = disposition.parameters["name"] else {
      return nil
    }
    return FormPart(
      name: name, fileName: disposition.parameters["filename"], contentType: contentType, body: Array(content))
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return bytes.withUnsafeBytes { haystack in
      needle.withUnsafeBytes { needle in
        guard let base = haystack.baseAddress, let pattern = needle.baseAddress,
          let found = linux_find(base + start, haystack.count - start, pattern, needle.count)
        else { return nil }
        return found - base
      }
    }
  }
}
