/// How job messages write times and durations: as geoprocessing tools do, in English and in UTC.
enum JobTime {
  private static let weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// `Tuesday, February 19, 2019 2:23:39 PM` for milliseconds since 1970.
  static func text(_ milliseconds: Int) -> String {
    let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
    let day = Int((Double(seconds) / 86_400).rounded(.down))
    let time = seconds - day * 86_400
    let (year, month, dayOfMonth) = date(ofDay: day)
    let hour = time / 3600
    let clock =
      "\(hour % 12 == 0 ? 12 : hour % 12):\(twoDigits(time / 60 % 60)):\(twoDigits(time % 60)) \(hour < 12 ? "AM" : "PM")"
    // The first day of 1970 was a Thursday.
    let weekday = weekdays[((day % 7) + 7) % 7]
    return "\(weekday), \(months[month - 1]) \(dayOfMonth), \(year) \(clock)"
  }

  /// `(Elapsed Time: 5.40 seconds)`.
  static func elapsed(from start: Int, to end: Int) -> String {
    let hundredths = max(0, end - start) / 10
    return "(Elapsed Time: \(hundredths / 100).\(twoDigits(hundredths % 100)) seconds)"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The date of a day counted from the first of January 1970, in the Gregorian calendar: years are taken to begin in
  /// March, so that the odd day is their last.
  private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
