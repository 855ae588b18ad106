import JSONValue
import Testing

@Suite("JSON is read as clients write it and written as ArcGIS Server writes it")
struct JSONTests {
  @Test(
    "whole numbers have no fraction, others as many digits as they need",
    arguments: [
      (1_440_000.0, "1440000"), (0.0, "0"), (-20.5, "-20.5"), (0.1, "0.1"), (10.91, "10.91"), (11, "11"),
      (20_037_508.342787, "20037508.342787"), (1e-7, "1e-7"), (123_456_789_012_345.0, "123456789012345"),
    ])
  func numbers(_ value: Double, _ text: String) throws {
    let written = JSON.double(value).text()
    // The exponent may be written in any legal way; the value must come back.
    if text.contains("e") { #expect(Double(written) == value) } else { #expect(written == text) }
  }

  @Test("every finite number comes back as it was")
  func roundTrip() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(try JSON(parsing: JSON.double(value).text()).number == value)
    }
  }

  @Test("members keep their order")
  func order() throws {
    let text = #"{"xmin":1,"ymin":2,"xmax":3,"ymax":4,"a":{"z":1,"b":[1,2,{}]}}"#
    #expect(try JSON(parsing: text).text() == text)
  }

  @Test(
    "names without quotes, single quotes and a last comma are read as meant",
    arguments: [
      "{xmin: -104, ymin: 35.6}", "{'xmin': -104, 'ymin': 35.6}", #"{"xmin":-104,"ymin":35.6,}"#,
      #"{"xmin":"-104","ymin":"35.6"}"#, " { \"xmin\" : -1.04E2 ,\n\t\"ymin\":3.56e+1 } ",
    ])
  func leniency(_ text: String) throws {
    let object = try JSON(parsing: text)
    #expect(object["xmin"]?.number == -104)
    #expect(object["ymin"]?.number == 35.6)
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", "{", "}", "[1,2", #"{"a"}"#, #"{"a":}"#, #"{"a":1}x"#, "nul", #""open"#, "{\"a\" 1}", "0x10", "1e999", "inf",
      "--1", #"{"a":"\q"}"#, #"{"a":"\u12"}"#,
    ])
  func refusals(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
  }

  @Test("nesting of 100,000 levels is refused, not followed")
  func nesting() {
    for text in [String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000)] {
      #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
    }
  }

  @Test(
    "strings come back, whatever is in them",
    arguments: ["", "ä€😀", "\"\\/\u{8}\u{c}\n\r\t", "\u{1}\u{1f}\u{7f}", "</script>"])
  func strings(_ text: String) throws {
    #expect(try JSON(parsing: JSON.string(text).text()).string == text)
  }

  @Test("escapes of UTF-16 are joined")
  func surrogates() throws {
    #expect(try JSON(parsing: #""\ud83d\ude00\u00e4""#).string == "😀ä")
    #expect(try JSON(parsing: #""\ud83d""#).string == "\u{FFFD}")
  }
}
