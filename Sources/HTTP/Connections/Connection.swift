/// The state of one connection. Belongs to its loop: never seen by another thread.
final class Connection {
  enum Phase {
    /// Waiting for a request or reading one.
    case reading
    /// A request is being answered elsewhere.
    case answering
    /// An answer is on its way.
    case writing
    /// The last answer is out; what the client still sends is thrown away so that no reset can eat the answer.
    case lingering
    case closed
  }

  /// What the present request says about the form of its answer.
  struct Exchange {
    var isHead = false
    var version = HTTPVersion.http11
    var keepsAlive = false
  }

  let descriptor: Int32
  let generation: UInt32
  let remoteAddress: String
  var parser: RequestParser
  var phase = Phase.reading
  var exchange = Exchange()
  var exchangeNumber: UInt32 = 0

  /// Bytes of later requests that came along with the present one.
  var unread: [UInt8] = []
  var unreadStart = 0

  /// Whether the socket may have bytes for us; cleared when it has said that it has none.
  var isReadable = false
  /// Whether the client has announced the end of what it sends.
  var peerFinished = false
  /// Whether that end has been read.
  var sawEnd = false

  var outgoing: Outgoing?
  /// Whether a piece of a streamed body has been asked for and not come yet.
  var isPulling = false
  /// Of the work that is done for the present request.
  var context: WorkContext?
  /// Body bytes when the deadline was last moved; bytes thrown away when lingering.
  var mark = 0
  /// Body bytes that are counted against the room that all bodies share.
  var countedBody = 0

  var deadline = Tick.never
  var deadlineKind: DeadlineKind?
  var previous: Int32 = -1
  var next: Int32 = -1

  init(descriptor: Int32, generation: UInt32, remoteAddress: String, limits: RequestLimits) {
    self.descriptor = descriptor
    self.generation = generation
    self.remoteAddress = remoteAddress
    parser = RequestParser(limits: limits)
  }

  var ticket: Ticket { Ticket(descriptor: descriptor, generation: generation, exchange: exchangeNumber) }

  /// Whether nothing of a request has come.
  var isIdle: Bool {
    if case .reading = phase { return parser.isIdle && unread.isEmpty }
    return false
  }
}
