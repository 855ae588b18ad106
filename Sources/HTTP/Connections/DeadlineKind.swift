/// What a connection is waited for. Each kind has one duration, so its connections stand in a list in the order of
/// their deadlines and the first one tells when to look again.
enum DeadlineKind: Int, CaseIterable {
  case header
  case body
  case idle
  case write
  case linger

  func duration(_ timeouts: ServerConfiguration.Timeouts) -> Duration {
    switch self {
    case .header: timeouts.header
    case .body: timeouts.body
    case .idle: timeouts.idle
    case .write: timeouts.write
    case .linger: timeouts.linger
    }
  }
}

/// The ends of a list of connections, linked by their descriptors.
struct DeadlineList {
  var duration: Duration
  var first: Int32 = -1
  var last: Int32 = -1
}
