import JSONValue

/// An asynchronous operation on its way, as it is known at one moment. A value: it does not change under its reader.
public struct Job: Sendable, Equatable {
  /// What tells it from all others.
  public let key: Key
  /// What is done, by the name under which the engine knows it.
  public let task: String
  /// The service that the job belongs to, `Folder/Name` and its type: `Utilities/RasterUtilities/GPServer`.
  public let service: String
  /// What addresses of this server began with for the client that submitted it.
  public let origin: String
  /// Where it stands.
  public internal(set) var status: JobStatus
  /// How far it has come; only while it is executing.
  public internal(set) var progress: JobProgress?
  /// What it was given, by parameter.
  public let inputs: [JobValue]
  /// What it has made, by parameter; empty before it has succeeded.
  public internal(set) var results: [JobValue] = []
  /// Its log.
  public internal(set) var messages: [JobMessage] = []
  /// When it was submitted, in milliseconds since 1970 of its world's clock, as all times here.
  public let submitted: Int
  /// When it began to execute.
  public internal(set) var started: Int?
  /// When it came to its end.
  public internal(set) var ended: Int?

  /// Worlds with the same seed make the same identifiers, so that both are needed.
  public struct Key: Sendable, Hashable {
    /// The name of the world.
    public let world: String
    /// The identifier within it.
    public let id: String

    /// A key from its parts.
    public init(world: String, id: String) {
      self.world = world
      self.id = id
    }
  }
}
