import Testing

@testable import ArcGIS

@Suite("The parameter time")
struct RequestedTimeTests {
  @Test(
    "is a moment, or a span with an open end or two",
    arguments: [
      ("1199145600000", 1_199_145_600_000...1_199_145_600_000), ("-1", -1 ... -1), ("+4", 4...4),
      ("1199145600000,1230768000000", 1_199_145_600_000...1_230_768_000_000),
      ("1199145600000, 1230768000000", 1_199_145_600_000...1_230_768_000_000), ("1 ,\t2", 1...2), ("7,7", 7...7),
      ("null,5", Int64.min...5), ("5,null", 5...Int64.max), ("NULL , Null", Int64.min...Int64.max),
      // As Java and Python write whole numbers that they hold as floating-point.
      ("1.1991456E12", 1_199_145_600_000...1_199_145_600_000), ("5.0", 5...5),
      // Beyond the whole numbers that a double holds.
      ("9007199254740993", 9_007_199_254_740_993...9_007_199_254_740_993),
    ])
  func spans(_ text: String, _ span: ClosedRange<Int64>) {
    #expect(ParameterType<ClosedRange<Int64>>.time.parse(text) == span)
  }

  @Test(
    "is nothing else",
    arguments: [
      "null", "x", "1,", ",1", ",", "1,2,3", "null,null,null", "2,1", "1.5", "NaN", "inf", "1e999", "1e19", "0x10",
      "99999999999999999999", "2010-01-01", "1 2", "{}",
    ])
  func refuses(_ text: String) { #expect(ParameterType<ClosedRange<Int64>>.time.parse(text) == nil) }
}
