/// Reads dates as clients and people write them.
public enum Moment {
  /// Milliseconds since 1970-01-01T00:00:00Z of a text such as `2010-06-01`, `2010/6/1`, `2010-06-01 12:30:00.5` or
  /// `2010-06-01T12:30:00+02:00`; UTC where no offset is given. `nil` for anything else and for days that don't exist.
  public static func milliseconds(of text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    guard let year = number(&bytes, digits: 4...4), let separator = bytes.popFirst(),
      separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"),
      let month = number(&bytes, digits: 1...2), bytes.popFirst() == separator,
      let day = number(&bytes, digits: 1...2),
      (1...12).contains(month), day >= 1, day <= daysInMonth(month, year: year)
    else { return nil }
    var milliseconds = days(year: year, month: month, day: day) * 86_400_000
    if bytes.isEmpty { return milliseconds }
    let divider = bytes.removeFirst()
    guard divider == UInt8(ascii: " ") || divider == UInt8(ascii: "T") || divider == UInt8(ascii: "t"),
      let time = timeOfDay(&bytes), let offset = offset(&bytes), bytes.isEmpty
    else { return nil }
    milliseconds += time - offset
    return milliseconds
  }

  private static func timeOfDay(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    guard let hour = number(&bytes, digits: 1...2), hour < 24, bytes.popFirst() == UInt8(ascii: ":"),
      let minute = number(&bytes, digits: 2...2), minute < 60
    else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if bytes.first == UInt8(ascii: ":") {
      bytes.removeFirst()
      guard let value = number(&bytes, digits: 2...2), value < 60 else { return nil }
      second = value
      if bytes.first == UInt8(ascii: ".") {
        bytes.removeFirst()
        let before = bytes.count
        guard let value = number(&bytes, digits: 1...9) else { return nil }
        fraction = value * 1000 / (0..<(before - bytes.count)).reduce(1) { power, _ in power * 10 }
      }
    }
    return ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  }

  private static func offset(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    guard let sign = bytes.popFirst() else { return 0 }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(&bytes, digits: 2...2)
    else { return nil }
    if bytes.first == UInt8(ascii: ":") { bytes.removeFirst() }
    guard let minutes = number(&bytes, digits: 2...2), hours < 15, minutes < 60 else { return nil }
    return (hours * 60 + minutes) * 60_000 * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int64? {
    let text = bytes.prefix(digits.upperBound).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard text.count >= digits.lowerBound else { return nil }
    bytes.removeFirst(text.count)
    return text.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private static func daysInMonth(_ month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
