import Glibc
import Testing

@testable import HTTP

/// Conditions and ranges of RFC 9110 13 and 14, over a real socket and from a real file.
@Suite struct RepresentationTests {
  /// 1,000 bytes, each its own place modulo 251, last changed on Sun, 06 Nov 1994 08:49:37 GMT (784111777).
  final class Folder {
    let path: String
    let content = (0..<1000).map { UInt8($0 % 251) }

    init() throws {
      var template = Array("/tmp/http-tests-XXXXXX".utf8CString)
      guard let made = mkdtemp(&template) else { throw SystemError.current("mkdtemp") }
      path = String(cString: made)
      try write("a.bin", content)
      try write("empty.txt", [])
      try write(".hidden", [1])
      mkdir(path + "/sub", 0o755)
      symlink("/etc/passwd", path + "/link.txt")
      symlink("a.bin", path + "/inside.bin")
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else { throw SystemError.current("write") }
      let time = timespec(tv_sec: 784_111_777, tv_nsec: 5)
      futimens(file, [time, time])
      close(file)
    }

    deinit {
      for name in ["a.bin", "empty.txt", ".hidden", "link.txt", "inside.bin"] { unlink(path + "/" + name) }
      rmdir(path + "/sub")
      rmdir(path)
    }
  }

  let folder: Folder
  let server: TestServer
  let client: RawClient

  init() throws {
    folder = try Folder()
    let files = StaticFiles(root: folder.path)
    server = try TestServer { request in
      .work { _ in
        files.response(to: request, components: request.pathComponents) ?? .text("none", .notFound)
      }
    }
    client = try server.client()
  }

  func get(_ fields: String = "", path: String = "/a.bin", method: String = "GET") throws -> RawClient.Answer {
    try #require(client.exchange("\(method) \(path) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"))
  }

  static let modified = "Sun, 06 Nov 1994 08:49:37 GMT"

  @Test func `A file is sent with its validators`() throws {
    let answer = try get()
    #expect(answer.status == 200)
    #expect(answer.body == folder.content)
    #expect(answer.headers["Last-Modified"] == RepresentationTests.modified)
    #expect(answer.headers["Accept-Ranges"] == "bytes")
    #expect(answer.headers["Content-Type"] == "application/octet-stream")
    #expect(answer.headers["ETag"]?.hasPrefix("\"") == true)
    #expect(try get(path: "/empty.txt").body.isEmpty)
    let head = try get(method: "HEAD")
    #expect(head.headers["Content-Length"] == "1000")
  }

  @Test(arguments: ["/none", "/sub", "/.hidden", "/link.txt", "/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/..%2fa.bin", "/"])
  func `What is no regular file of the folder is not found`(_ path: String) throws {
    #expect(try get(path: path).status == 404)
  }

  @Test func `A link that stays in the folder is followed`() throws {
    #expect(try get(path: "/inside.bin").body == folder.content)
  }

  @Test(arguments: [
    ("bytes=0-0", 0..<1), ("bytes=0-499", 0..<500), ("bytes=990-", 990..<1000), ("bytes=-1", 999..<1000),
    ("bytes=-5000", 0..<1000), ("bytes=999-99999999999999999999", 999..<1000), ("BYTES=1-2", 1..<3),
    ("bytes= 5-6 ,", 5..<7), ("bytes=5000-,1-1", 1..<2),
  ])
  func `One range is sent alone`(_ field: String, _ range: Range<Int>) throws {
    let answer = try get("Range: \(field)\r\n")
    #expect(answer.status == 206)
    #expect(answer.body == Array(folder.content[range]))
    #expect(answer.headers["Content-Range"] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/1000")
  }

  @Test(arguments: ["bytes=1000-", "bytes=-0", "bytes=2000-3000", "bytes=1000-,2000-"])
  func `Ranges outside are answered 416`(_ field: String) throws {
    let answer = try get("Range: \(field)\r\n")
    #expect(answer.status == 416)
    #expect(answer.headers["Content-Range"] == "bytes */1000")
  }

  @Test(arguments: [
    "bytes", "bytes=", "bytes=a-b", "bytes=2-1", "bytes=--1", "bytes=1", "lines=1-2", "bytes=0-1,x",
    "bytes=0-,0-,0-", "bytes=+1-2",
  ])
  func `A range that is malformed, unknown or greedy is ignored`(_ field: String) throws {
    let answer = try get("Range: \(field)\r\n")
    #expect(answer.status == 200)
    #expect(answer.body == folder.content)
  }

  @Test func `Ranges are ignored in HEAD`() throws {
    #expect(try get("Range: bytes=0-0\r\n", method: "HEAD").status == 200)
  }

  @Test func `Several ranges are sent as parts`() throws {
    let answer = try get("Range: bytes=0-1, 10-11, -1\r\n")
    #expect(answer.status == 206)
    let type = try #require(answer.headers["Content-Type"])
    let boundary = try #require(MediaType(type).parameters["boundary"])
    #expect(MediaType(type).essence == "multipart/byteranges")
    func part(_ range: String, _ bytes: [UInt8]) -> [UInt8] {
      let head =
        "\r\n--\(boundary)\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes \(range)/1000\r\n\r\n"
      return Array(head.utf8) + bytes
    }
    // 999 % 251 = 246
    let expected = part("0-1", [0, 1]) + part("10-11", [10, 11]) + part("999-999", [246])
    #expect(answer.body == expected + Array("\r\n--\(boundary)--\r\n".utf8))
  }

  @Test func `Conditions are weighed`() throws {
    let tag = try #require(try get().headers["ETag"])
    let modified = RepresentationTests.modified
    let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    let cases: [(String, Int)] = [
      ("If-None-Match: \(tag)", 304), ("If-None-Match: W/\(tag)", 304), ("If-None-Match: \"x\", \(tag)", 304),
      ("If-None-Match: *", 304), ("If-None-Match: \"x\"", 200), ("If-None-Match: x", 200),
      ("If-Match: \(tag)", 200), ("If-Match: *", 200), ("If-Match: \"x\"", 412), ("If-Match: W/\(tag)", 412),
      ("If-Modified-Since: \(modified)", 304), ("If-Modified-Since: \(before)", 200),
      ("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT", 304),
      ("If-Modified-Since: Sun Nov  6 08:49:37 1994", 304), ("If-Modified-Since: yesterday", 200),
      ("If-Unmodified-Since: \(modified)", 200), ("If-Unmodified-Since: \(before)", 412),
      ("If-Unmodified-Since: nonsense", 200),
      ("If-None-Match: \"x\"\r\nIf-Modified-Since: \(modified)", 200),
      ("If-Match: \(tag)\r\nIf-Unmodified-Since: \(before)", 200),
      ("If-Match: \"x\"\r\nIf-None-Match: \(tag)", 412),
      ("If-None-Match: \(tag)\r\nRange: bytes=0-0", 304),
      ("Range: bytes=0-0\r\nIf-Range: \(tag)", 206), ("Range: bytes=0-0\r\nIf-Range: W/\(tag)", 200),
      ("Range: bytes=0-0\r\nIf-Range: \"x\"", 200), ("Range: bytes=0-0\r\nIf-Range: \(modified)", 206),
      ("Range: bytes=0-0\r\nIf-Range: \(before)", 200), ("Range: bytes=5000-\r\nIf-Range: \"x\"", 200),
    ]
    for (fields, status) in cases {
      let answer = try get(fields + "\r\n")
      #expect(answer.status == status, "\(fields)")
      if status == 304 { #expect(answer.headers["ETag"] == tag) }
    }
  }

  @Test func `A changed file has another tag`() throws {
    let first = try get().headers["ETag"]
    try folder.write("a.bin", [1])
    #expect(try get().headers["ETag"] != first)
  }

  @Test func `Bytes in memory are sent in ranges too`() throws {
    let representation = Representation(
      Array("hello".utf8), contentType: "text/plain", entityTag: EntityTag("v1", isWeak: true))
    let request = Request(.get, "/", headers: ["Range": "bytes=1-2", "If-Range": "W/\"v1\""])
    #expect(representation.response(to: request).status == .ok)
    let plain = representation.response(to: Request(.get, "/", headers: ["Range": "bytes=1-2"]))
    guard case .pieces(let pieces) = plain.body, case .bytes(let bytes)? = pieces.first else {
      Issue.record("no piece")
      return
    }
    #expect(bytes == Array("el".utf8))
  }
}
