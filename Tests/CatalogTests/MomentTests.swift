import Testing

@testable import Catalog

@Suite("Dates as text")
struct MomentTests {
  // Expected: date -u -d TEXT +%s, times 1000.
  @Test(
    "are read to the millisecond",
    arguments: [
      ("1970-01-01", 0), ("2010-06-01", 1_275_350_400_000), ("2010/6/1", 1_275_350_400_000),
      ("2000-02-29 23:59:59.5", 951_868_799_500), ("1969-12-31T23:59:59Z", -1000),
      ("2010-06-01T12:30:00+02:00", 1_275_388_200_000), ("1600-03-01", -11_670_912_000_000),
    ])
  func reads(text: String, expected: Int64) {
    #expect(Moment.milliseconds(of: text) == expected)
  }

  @Test(
    "that don't exist are refused",
    arguments: [
      "2011-02-29", "2010-13-01", "2010-00-10", "2010-1", "10-01-01", "2010-01-01x", "2010-01/01", "",
      "2010-01-01 24:00",
    ])
  func refuses(text: String) {
    #expect(Moment.milliseconds(of: text) == nil)
  }
}
