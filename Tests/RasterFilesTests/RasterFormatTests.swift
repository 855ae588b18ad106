import Testing

@testable import RasterFiles

@Suite("Formats of downloads")
struct RasterFormatTests {
  @Test("are named as the REST API names them, in any case, and JPEG also as SOAP does")
  func names() {
    for format in RasterFormat.allCases { #expect(RasterFormat(name: format.rawValue.uppercased()) == format) }
    #expect(RasterFormat(name: "jpg") == .jpeg)
    #expect(RasterFormat(name: "ECW") == nil)
  }
}
