/// Where a server listens and what it allows.
public struct ServerConfiguration: Sendable {
  /// A numeric address or a name; `0.0.0.0` and `::` mean all interfaces.
  public var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  public var port: UInt16 = 0
  /// Connections that the kernel holds until they are accepted.
  public var backlog: Int32 = 4096
  /// Threads that own connections.
  public var loops = max(1, min(2, WorkerPool.coreCount))
  /// Threads that do heavy work: at least two, so that a job in the background never has the only one.
  public var workers = max(2, WorkerPool.coreCount)
  /// Pieces of heavy work that may wait; past it requests get 503.
  public var queueLength = 256
  /// Connections held at once; nil derives it from the limit of open descriptors.
  public var maximumConnections: Int?
  /// Bytes that the bodies of all requests may take together; 503 past it.
  public var bodyMemory = 512 * 1024 * 1024
  /// What a request may weigh.
  public var limits = RequestLimits()
  /// How long a client may take.
  public var timeouts = Timeouts()
  /// The `Server` field of every answer; nil leaves it out.
  public var serverName: String?

  /// The usual configuration: a free port of the local host.
  public init() {}

  /// How long a client may take for each part of an exchange.
  public struct Timeouts: Sendable {
    /// From the first byte of a request to the end of its fields, however they trickle; 408 past it.
    public var header = Duration.seconds(20)
    /// For each further KiB of a body; 408 past it.
    public var body = Duration.seconds(30)
    /// Between two requests.
    public var idle = Duration.seconds(75)
    /// For a client that stops reading an answer.
    public var write = Duration.seconds(60)
    /// For a client to close its side after the last answer.
    public var linger = Duration.seconds(5)

    /// The usual times.
    public init() {}
  }
}
