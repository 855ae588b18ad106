import HTTP

extension FuzzTarget {
  /// A stream of requests reads the same whole and in pieces, whose length the first byte gives.
  static let requestParser = FuzzTarget(name: "RequestParser") { input in
    guard let first = input.first else { return }
    let stream = Array(input.dropFirst())
    let whole = read(stream, pieces: stream.count)
    let cut = read(stream, pieces: Int(first) + 1)
    precondition(whole == cut, "\(whole) in one piece, \(cut) in pieces of \(Int(first) + 1)")
  }

  /// What a server sees of a stream: its requests, and the status that ends it.
  private static func read(_ stream: [UInt8], pieces length: Int) -> [String] {
    var parser = RequestParser()
    var seen: [String] = []
    var start = 0
    while start < stream.count {
      let end = min(start + length, stream.count)
      switch parser.feed(stream.span.extracting(start..<end)) {
      case .incomplete:
        start = end
      case .request(let request, let consumed):
        precondition((1...(end - start)).contains(consumed))
        seen.append(
          "\(request.method) \(request.pathComponents) \(request.query ?? "-") \(request.authority) \(request.body)")
        start += consumed
      case .refused(let refusal):
        return seen + ["\(refusal.status) \(refusal.reason)"]
      }
    }
    return seen + [parser.isIdle ? "idle" : "waiting"]
  }
}
