import Glibc

/// The dates of HTTP, to the second and in UTC (RFC 9110 5.6.7).
public enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Sun, 06 Nov 1994 08:49:37 GMT` for a number of seconds since 1970.
  public static func format(_ seconds: Int) -> String {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = String(Int(parts.tm_year) + 1900)
    let day = days[((seconds / 86400) % 7 + 7) % 7]
    let padded = String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
    return "\(day), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(padded) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }

  /// The seconds since 1970 of a date in any of the three forms that have to be understood; nil for anything else.
  public static func parse(_ text: String) -> Int? {
    let words = text.split { " ,".contains($0) }
    switch words.count {
    case 6 where words[5] == "GMT":
      return seconds(day: words[1], month: words[2], year: Int(words[3]), time: words[4])
    case 4 where words[3] == "GMT":
      let date = words[1].split(separator: "-")
      guard date.count == 3, let short = Int(date[2]), short < 100 else { return nil }
      // RFC 850 wrote two digits of the year, and nothing that can be asked for here is older than 1970.
      return seconds(day: date[0], month: date[1], year: short + (short < 70 ? 2000 : 1900), time: words[2])
    case 5:
      return seconds(day: words[2], month: words[1], year: Int(words[4]), time: words[3])
    default: return nil
    }
  }

  private static func seconds(day: Substring, month: Substring, year: Int?, time: Substring) -> Int? {
    let clock = time.split(separator: ":").compactMap { Int32($0) }
    guard let day = Int32(day), (1...31).contains(day), let month = months.firstIndex(of: String(month)), let year,
      (1900...9999).contains(year), clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]),
      (0...60).contains(clock[2])
    else { return nil }
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month)
    parts.tm_mday = day
    parts.tm_hour = clock[0]
    parts.tm_min = clock[1]
    parts.tm_sec = clock[2]
    return Int(timegm(&parts))
  }
}
