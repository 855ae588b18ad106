import Synchronization

/// What a test chooses for its world.
public struct WorldSettings: Hashable, Sendable {
  /// The release that the world plays.
  public var version: ServerVersion
  /// From which its identifiers follow.
  public var seed: UInt64
  /// What its clock shows at the start, in milliseconds since 1970; real time without it.
  public var start: Int?

  /// Settings of a world.
  public init(version: ServerVersion = .standard, seed: UInt64 = 0, start: Int? = nil) {
    self.version = version
    self.seed = seed
    self.start = start
  }
}

/// What one test owns: clock and identifiers, over data that all worlds share and only read.
///
/// Everything that tells the time or makes an identifier asks the world.
public final class World: Sendable {
  /// The name in `/w/{id}/…`; the default world's is `default`.
  public let id: String
  /// What the test chose.
  public let settings: WorldSettings
  /// The world's time.
  public let clock: WorldClock
  /// The world's identifiers.
  public let identifiers: Identifiers

  private let gone = Atomic(false)

  /// Whether it was taken away: what is on its way in it comes to nothing.
  public var isGone: Bool { gone.load(ordering: .acquiring) }

  func goAway() { gone.store(true, ordering: .releasing) }

  /// A world as it is at its seed.
  public init(id: String, settings: WorldSettings) {
    self.id = id
    self.settings = settings
    clock = WorldClock(start: settings.start)
    identifiers = Identifiers(seed: settings.seed)
  }

  /// The release that the world plays.
  public var version: ServerVersion { settings.version }

  /// Back to the seed: the same calls get the same answers again.
  public func reset() {
    clock.reset()
    identifiers.reset()
  }
}
