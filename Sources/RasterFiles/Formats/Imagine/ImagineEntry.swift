import Codecs

/// A node of the tree that an Imagine file is (`Ehfa_Entry`): what is known of the image, a band, or a part of them.
struct ImagineEntry {
  /// Its name, which is found by.
  var name: String
  /// The type of its data in the data dictionary.
  var type: String
  /// Its parts.
  var children: [ImagineEntry] = []
  /// Appends its data, the same number of bytes wherever they stand.
  var data: (inout ImagineData) -> Void = { _ in }

  /// Bytes of an entry before its data.
  static let headBytes = 128
  private static let nameBytes = 64
  private static let typeBytes = 32

  /// Bytes of the entry, its data and all parts.
  var byteCount: Int { children.reduce(Self.headBytes + dataBytes(at: 0).count) { $0 + $1.byteCount } }

  /// Appends the entry and all parts to a file's bytes, which begin at the file's beginning.
  func write(to file: inout [UInt8], parent: Int = 0, previous: Int = 0, hasNext: Bool = false) {
    let start = file.count
    let data = dataBytes(at: start + Self.headBytes)
    let firstChild = start + Self.headBytes + data.count
    let head = [
      hasNext ? start + byteCount : 0, previous, parent, children.isEmpty ? 0 : firstChild,
      data.isEmpty ? 0 : start + Self.headBytes,
      data.count,
    ]
    for value in head { file.append(littleEndian: UInt32(truncatingIfNeeded: value)) }
    file += Self.padded(name, to: Self.nameBytes) + Self.padded(type, to: Self.typeBytes)
    // The time of modification, which is left open, and padding.
    file += [UInt8](repeating: 0, count: start + Self.headBytes - file.count) + data
    var last = 0
    for (number, child) in children.enumerated() {
      let position = file.count
      child.write(to: &file, parent: start, previous: last, hasNext: number < children.count - 1)
      last = position
    }
  }

  private func dataBytes(at offset: Int) -> [UInt8] {
    var bytes = ImagineData(at: offset)
    data(&bytes)
    return bytes.bytes
  }

  private static func padded(_ text: String, to count: Int) -> [UInt8] {
    let bytes = Array(text.utf8.prefix(count - 1))
    return bytes + [UInt8](repeating: 0, count: count - bytes.count)
  }
}
