/// The bytes that HTTP/1.1 gives a meaning to.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let percent: UInt8 = 0x25
  static let ampersand: UInt8 = 0x26
  static let plus: UInt8 = 0x2B
  static let comma: UInt8 = 0x2C
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let equals: UInt8 = 0x3D
  static let question: UInt8 = 0x3F
  static let backslash: UInt8 = 0x5C
}

extension UInt8 {
  /// `tchar` of RFC 9110 5.6.2: what methods and field names are made of.
  @inline(__always)
  var isTokenCharacter: Bool {
    let low: UInt64 = 0x03FF_6CFA_0000_0000
    let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
    if self < 64 { return low >> UInt64(self) & 1 == 1 }
    return self < 128 && high >> UInt64(self &- 64) & 1 == 1
  }

  /// What a field value may hold (RFC 9110 5.5): visible characters, blank, tab and bytes above ASCII.
  @inline(__always)
  var isFieldCharacter: Bool { self >= 0x20 && self != 0x7F || self == ASCII.tab }

  @inline(__always)
  var isBlank: Bool { self == ASCII.space || self == ASCII.tab }

  @inline(__always)
  var isDigit: Bool { self >= ASCII.zero && self <= ASCII.nine }

  /// The value of a hexadecimal digit, or nil.
  @inline(__always)
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self &- 0x30
    case 0x41...0x46: self &- 0x37
    case 0x61...0x66: self &- 0x57
    default: nil
    }
  }

  @inline(__always)
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
