/// A keyword of well-known text and what stands between its brackets, one level deep.
struct WKTNode {
  /// In capital letters.
  let keyword: String
  /// The parts between the commas, without the blanks at their ends; texts with their quotes.
  let arguments: [String]
  /// All of it.
  let text: String

  /// Reads `KEYWORD[argument, …]`; `nil` where a text is not of that form.
  init?(_ text: String) {
    let blanks: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
    let start = text.drop(while: blanks)
    let end = start.lastIndex { !blanks($0) }.map { start[...$0] } ?? ""
    guard let open = end.firstIndex(where: { "[(".contains($0) }), let last = end.last, "])".contains(last) else {
      return nil
    }
    let word = end[..<open].filter { !$0.isWhitespace }
    guard !word.isEmpty, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      return nil
    }

    var arguments: [String] = []
    var argument = ""
    var depth = 0
    var isQuoted = false
    for character in end[end.index(after: open)...].dropLast() {
      switch character {
      case "\"": isQuoted.toggle()
      case "[" where !isQuoted, "(" where !isQuoted: depth += 1
      case "]" where !isQuoted, ")" where !isQuoted:
        depth -= 1
        // The bracket that opened has closed before the end.
        if depth < 0 { return nil }
      case "," where !isQuoted && depth == 0:
        arguments.append(Self.trimmed(argument))
        argument = ""
        continue
      default: break
      }
      argument.append(character)
    }
    guard depth == 0, !isQuoted else { return nil }
    arguments.append(Self.trimmed(argument))
    keyword = word.uppercased()
    self.arguments = arguments
    self.text = String(end)
  }

  /// The arguments that are no nodes, without quotes.
  var names: [String] {
    arguments.filter { WKTNode($0) == nil }.map { $0.filter { $0 != "\"" } }
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)])
  }
}
