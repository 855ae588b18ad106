/// File stamps as one text, to be compared and kept: a line a file, name, size and time divided by `/`, which no name has. (Names with line breaks are not listed at all.)
enum StampText {
  /// Writes stamps.
  static func text(_ stamps: [FileStamp]) -> String {
    stamps.map { "\($0.name)/\($0.size)/\($0.modified)" }.joined(separator: "\n")
  }

  /// Reads what `text` wrote.
  static func stamps(_ text: String) -> [FileStamp] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "/")
      guard parts.count == 3, let size = Int64(parts[1]), let modified = Int64(parts[2]) else { return nil }
      return FileStamp(name: String(parts[0]), size: size, modified: modified)
    }
  }
}
