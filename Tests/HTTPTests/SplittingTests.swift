import Testing

@testable import HTTP

/// The parser gives the same for the same bytes, however they are cut, and survives any.
@Suite struct SplittingTests {
  /// SplitMix64: the same numbers on every machine.
  struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let seeds: [String] = [
    "GET /a?b=c HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n",
    "\r\nPOST /f HTTP/1.1\r\nHost: h:80\r\nContent-Length: 5\r\n\r\nhelloHEAD / HTTP/1.0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\nabc\r\n0\r\nT: u\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close, x\r\nExpect: 100-continue\r\n\r\n",
    "PUT http://h/%20 HTTP/1.1\r\nHost: h\r\nContent-Length: 0012\r\n\r\n0123456789ab",
  ]

  /// All that came of a stream, as one text.
  func read(_ bytes: [UInt8], cuts: [Int]) -> String {
    var limits = RequestLimits()
    limits.requestLine = 60
    limits.fields = 120
    limits.body = 40
    limits.chunkLine = 20
    limits.trailers = 40
    var parser = RequestParser(limits: limits)
    var result = ""
    var start = 0
    for end in cuts + [bytes.count] {
      while start < end {
        switch parser.feed(Array(bytes[start..<end]).span) {
        case .incomplete: start = end
        case .refused(let refusal): return result + "\(refusal.status.code) \(refusal.reason)"
        case .request(let request, let consumed):
          result += "\(request.method) \(request.target) \(request.version) \(request.keepsAlive) "
          result += "\(Array(request.headers)) \(request.body)\n"
          start += consumed
        }
      }
    }
    return result + (parser.isIdle ? "idle" : "begun")
  }

  @Test(arguments: seeds)
  func `Cutting a stream anywhere changes nothing`(_ seed: String) {
    let bytes = Array(seed.utf8)
    let whole = read(bytes, cuts: [])
    for cut in 0...bytes.count { #expect(read(bytes, cuts: [cut]) == whole) }
    #expect(read(bytes, cuts: Array(0..<bytes.count)) == whole)
  }

  @Test(arguments: 0..<4)
  func `Cutting a damaged stream anywhere changes nothing`(_ seed: UInt64) {
    var random = Random(state: seed)
    let spice = Array("\r\n\t :;,=\"%0a1fF+-/*\0\u{7F}GHTP.[]@".utf8) + [0x80, 0xFF]
    for _ in 0..<1500 {
      var bytes = Array((SplittingTests.seeds.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = spice.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: if bytes.count > 1 { bytes.remove(at: place) }
        default:
          let end = Int.random(in: place...bytes.count, using: &random)
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
      #expect(read(bytes, cuts: cuts) == read(bytes, cuts: []), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
