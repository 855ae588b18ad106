import Testing

@testable import HTTP

@Suite struct FormTests {
  @Test(arguments: [
    ("a=1&b=2", ["a": "1", "b": "2"]), ("a=b+c%20d", ["a": "b c d"]), ("a=1%2B1", ["a": "1+1"]),
    ("a=%zz%4&b=%", ["a": "%zz%4", "b": "%"]), ("a", ["a": ""]), ("&&a=1&&", ["a": "1"]), ("a=b=c", ["a": "b=c"]),
    ("%C3%BC=%c3%bc", ["ü": "ü"]), ("a=%FF", ["a": "\u{FFFD}"]), ("", [:]), ("=x", ["": "x"]),
  ])
  func `Pairs are decoded`(_ text: String, _ expected: [String: String]) {
    let pairs = PercentEncoding.parameters(text.utf8)
    #expect(Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $0.value) }) == expected)
  }

  @Test func `Pairs keep their order, the query's before the form's`() {
    let request = Request(
      .post, "/?b=1&a=2&b=3", headers: ["Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"],
      body: Array("c=4".utf8))
    #expect(request.parameters.map(\.name) == ["b", "a", "b", "c"])
    #expect(request.parameters.map(\.value) == ["1", "2", "3", "4"])
  }

  @Test func `A body of another type is no form`() {
    let request = Request(.post, "/", headers: ["Content-Type": "application/json"], body: Array("a=1".utf8))
    #expect(request.formParameters.isEmpty)
  }

  @Test func `More pairs than anyone sends are left out`() {
    #expect(PercentEncoding.parameters(String(repeating: "a&", count: 100_000).utf8).count == 10_000)
  }

  func multipart(_ body: String, boundary: String = "XX") -> Request {
    Request(
      .post, "/", headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body: Array(body.utf8))
  }

  @Test func `The parts of a multipart form are given`() {
    let request = multipart(
      """
      preamble\r
      --XX\r
      Content-Disposition: form-data; name="f"\r
      \r
      json\r
      --XX \r
      content-disposition: form-data; name="file"; filename="a \\"b\\".bin"\r
      Content-Type: application/octet-stream\r
      \r
      1\r
      --XY\r
      2\r
      --XX--\r
      epilogue
      """)
    let parts = request.formParts
    #expect(parts.map(\.name) == ["f", "file"])
    #expect(parts.map { String(decoding: $0.body, as: UTF8.self) } == ["json", "1\r\n--XY\r\n2"])
    #expect(parts.last?.fileName == "a \"b\".bin")
    #expect(parts.last?.contentType == "application/octet-stream")
    #expect(request.formParameters.first == Parameter("f", "json"))
  }

  @Test func `A part may be empty`() {
    let request = multipart("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--\r\n")
    #expect(request.formParameters == [Parameter("a", "")])
  }

  @Test(arguments: [(8192, 1), (8193, 0)])
  func `A part's head has at most 8 KiB`(size: Int, parts: Int) {
    let field = "\r\nContent-Disposition: form-data; name=a\r\nX: "
    let filler = String(repeating: "x", count: size - field.utf8.count)
    #expect(multipart("--XX\(field)\(filler)\r\n\r\n1\r\n--XX--").formParts.count == parts)
  }

  @Test(arguments: [
    "", "--XX", "--XX\r\n", "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nno end", "--XX--", "\r\n--XX",
    "--XX\r\n--XX--", "--XX\n\n--XX--", "--XX\r\n\r\n",
  ])
  func `A broken multipart form has no parts`(_ body: String) {
    #expect(multipart(body).formParts.isEmpty)
  }
}
