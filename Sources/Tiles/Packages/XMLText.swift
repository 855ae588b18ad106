/// XML as it is written by hand.
enum XMLText {
  /// The declaration that ArcGIS' documents begin with.
  static let declaration = #"<?xml version="1.0" encoding="utf-8" ?>"#

  /// A text for between tags, or for an attribute. Characters that XML can't hold are left out.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&apos;"
      case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": break
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// An element with a text.
  static func element(_ name: String, _ text: String) -> String { "<\(name)>\(escaped(text))</\(name)>" }

  /// An element with a number: the shortest digits that read back as the same, whole ones without a fraction.
  static func element(_ name: String, _ number: Double) -> String { element(name, digits(number)) }

  /// An element with a number.
  static func element(_ name: String, _ number: Int) -> String { element(name, String(number)) }

  /// An element with its type and what is in it.
  static func element(_ name: String, type: String, _ content: String) -> String {
    "<\(name) xsi:type='typens:\(type)'>\(content)</\(name)>"
  }

  /// A document of Esri's schema, in one line as ArcGIS writes it.
  static func document(_ name: String, _ content: String) -> String {
    declaration + "<\(name) xsi:type='typens:\(name)' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
      + "xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:typens='http://www.esri.com/schemas/ArcGIS/10.3'>"
      + content + "</\(name)>"
  }

  private static func digits(_ number: Double) -> String {
    if let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 { return String(whole) }
    return number.description
  }
}
