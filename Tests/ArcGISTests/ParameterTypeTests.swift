import ArcGIS
import Testing

@Suite("Parameter types read what clients send, and nothing else")
struct ParameterTypeTests {
  @Test(
    "truths in any case",
    arguments: [
      ("true", true), ("True", true), ("TRUE", true), ("1", true), ("on", true), ("false", false), ("False", false),
      ("0", false),
    ])
  func flags(_ text: String, _ value: Bool) { #expect(ParameterType.flag.parse(text) == value) }

  @Test("what is no truth", arguments: ["2", "maybe", "{}", "truee"])
  func noFlags(_ text: String) { #expect(ParameterType.flag.parse(text) == nil) }

  @Test(
    "numbers with fraction and exponent",
    arguments: [("7", 7.0), ("-0.5", -0.5), ("1.936330167439007E7", 19_363_301.67439007), ("1e-3", 0.001), ("+4", 4)])
  func numbers(_ text: String, _ value: Double) { #expect(ParameterType<Double>.number().parse(text) == value) }

  @Test(
    "what is no finite number", arguments: ["NaN", "inf", "-Infinity", "1e999", "0x1F", "1,5", "1 2", "", "--1", "1e"])
  func noNumbers(_ text: String) {
    #expect(ParameterType<Double>.number().parse(text) == nil)
    #expect(ParameterType<Int>.integer(in: 0...100).parse(text) == nil)
  }

  @Test("whole numbers within their range, also with a fraction of zero")
  func integers() {
    let type = ParameterType<Int>.integer(in: 0...100)
    #expect(type.parse("0") == 0 && type.parse("100") == 100 && type.parse("75.0") == 75)
    #expect(type.parse("101") == nil && type.parse("-1") == nil && type.parse("7.5") == nil)
  }

  @Test("lists with commas, blanks around them allowed, of the right length")
  func lists() {
    let type = ParameterType<[Int]>.integers("bands", count: 1...3)
    #expect(type.parse("2,1,0") == [2, 1, 0] && type.parse("2, 1 ,0") == [2, 1, 0] && type.parse("5") == [5])
    for text in ["1,2,3,4", "1,", ",1", "1,,2", "a", "1;2", "0.5"] { #expect(type.parse(text) == nil, "\(text)") }
  }

  enum Kernel: String, CaseIterable {
    case nearest = "RSP_NearestNeighbor"
    case majority = "RSP_Majority"
  }

  @Test("words in any case, with the plus of the HTML form before them")
  func choices() {
    let type = ParameterType<Kernel>.choice
    for text in ["RSP_Majority", "rsp_majority", "+RSP_Majority", " RSP_Majority"] {
      #expect(type.parse(text) == .majority, "\(text)")
    }
    #expect(type.parse("RSP_") == nil && type.parse("Majority") == nil)
    #expect(type.expected.contains("RSP_NearestNeighbor") && type.expected.contains("RSP_Majority"))
  }
}
