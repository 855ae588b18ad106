import CDeflate
import HTTPTypes
import Testing

@testable import HTTP

@Suite struct MiddlewareTests {
  struct App: Handler {
    func reply(to request: Request) -> Reply {
      switch request.path {
      case "/small": .now(.text("small"))
      case "/work": .work { _ in .text(MiddlewareTests.text) }
      case "/later": .later { $0.complete(.text(MiddlewareTests.text)) }
      case "/png": .now(Response(contentType: "image/png", body: Array(MiddlewareTests.text.utf8)))
      case "/tagged":
        .now(
          Representation(
            Array(MiddlewareTests.text.utf8), contentType: "application/json", entityTag: EntityTag("v1")
          ).response(to: request))
      default: .now(.text(MiddlewareTests.text))
      }
    }
  }

  static let text = String(repeating: "{\"name\": \"value\"}\n", count: 2000)

  let server: TestServer
  let client: RawClient

  init() throws {
    server = try TestServer(handler: CORS(Compression(MethodRules(App()))))
    client = try server.client()
  }

  func send(_ line: String, _ fields: String = "") throws -> RawClient.Answer {
    try #require(client.exchange("\(line) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"))
  }

  @Test(arguments: ["GET /small", "GET /work", "GET /later", "BREW /small", "OPTIONS /small", "HEAD /small"])
  func `Every answer may be read by any page`(_ line: String) throws {
    #expect(try send(line).headers.values(of: "Access-Control-Allow-Origin") == ["*"])
  }

  @Test func `Refusals of the server itself may be read by any page`() throws {
    client.send("GET / HTTP/1.1\r\n\r\n")
    let answer = try #require(client.read())
    #expect(answer.status == 400)
    #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
  }

  @Test func `A preflight is allowed what it asks for`() throws {
    let answer = try send(
      "OPTIONS /x",
      "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n"
        + "Access-Control-Request-Headers: x-esri-authorization, x-own\r\n")
    #expect(answer.status == 204)
    #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
    #expect(answer.headers["Access-Control-Max-Age"] == "3600")
    #expect(answer.headers.listMembers(of: "Access-Control-Allow-Methods").contains("POST"))
    let allowed = answer.headers.listMembers(of: "Access-Control-Allow-Headers").map { $0.lowercased() }
    #expect(allowed.contains("x-esri-authorization"))
    #expect(allowed.contains("x-own"))
  }

  @Test(arguments: ["/small", "*"])
  func `OPTIONS says what is allowed`(_ target: String) throws {
    let answer = try send("OPTIONS \(target)")
    #expect(answer.status == 204)
    #expect(answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS")
  }

  @Test(arguments: ["PUT /small", "TRACE /small", "get /small", "BREW /small", "CONNECT h:443"])
  func `Other methods are answered 405 and told what is allowed`(_ line: String) throws {
    let answer = try send(line)
    #expect(answer.status == 405)
    #expect(answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS")
  }

  func inflate(_ bytes: [UInt8]) throws -> String {
    let decompressor = try #require(libdeflate_alloc_decompressor())
    defer { libdeflate_free_decompressor(decompressor) }
    var output = [UInt8](repeating: 0, count: MiddlewareTests.text.utf8.count)
    var count = 0
    let result = libdeflate_gzip_decompress(decompressor, bytes, bytes.count, &output, output.count, &count)
    #expect(result == LIBDEFLATE_SUCCESS)
    return String(decoding: output[..<count], as: UTF8.self)
  }

  @Test(arguments: ["/", "/work", "/later", "/tagged"])
  func `Text is compressed for whoever accepts gzip`(_ path: String) throws {
    let plain = try send("GET \(path)")
    #expect(plain.headers["Content-Encoding"] == nil)
    #expect(plain.headers["Vary"] == "Accept-Encoding")
    #expect(plain.text == MiddlewareTests.text)
    let compressed = try send("GET \(path)", "Accept-Encoding: br, gzip;q=0.5\r\n")
    #expect(compressed.headers["Content-Encoding"] == "gzip")
    #expect(compressed.headers["Vary"] == "Accept-Encoding")
    #expect(try inflate(compressed.body) == MiddlewareTests.text)
    let head = try send("HEAD \(path)", "Accept-Encoding: gzip\r\n")
    #expect(head.headers["Content-Length"] == String(compressed.body.count))
  }

  @Test(arguments: [("/small", "gzip"), ("/png", "gzip"), ("/", "gzip;q=0"), ("/", "identity"), ("/", "*;q=0, br")])
  func `The rest is sent as it is`(_ path: String, _ accepted: String) throws {
    #expect(try send("GET \(path)", "Accept-Encoding: \(accepted)\r\n").headers["Content-Encoding"] == nil)
  }

  @Test func `A compressed answer has a weak tag, which still leads to 304`() throws {
    let tag = try #require(try send("GET /tagged", "Accept-Encoding: gzip\r\n").headers["ETag"])
    #expect(tag == "W/\"v1\"")
    let again = try send("GET /tagged", "Accept-Encoding: gzip\r\nIf-None-Match: \(tag)\r\n")
    #expect(again.status == 304)
    #expect(again.headers["Vary"] == "Accept-Encoding")
  }
}
