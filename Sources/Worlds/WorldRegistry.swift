import Locking
import Synchronization

/// Why a world can't be made.
public enum WorldError: Error, Sendable, Hashable {
  /// There is a world of this name already.
  case taken(String)
  /// The name has other characters than letters, digits, `-` and `_`, or is longer than 64.
  case badName(String)
  /// There are as many worlds as there may be.
  case tooMany(Int)
}

/// The worlds of a server, the default one among them.
public final class WorldRegistry: Sendable {
  /// How many worlds there may be.
  public static let limit = 10_000

  /// The world of plain `/arcgis`.
  public let standard: World
  private let worlds: Locked<[String: World]>
  private let names: Identifiers
  private let changes = Atomic(0)

  /// A registry with the default world in it.
  public init(settings: WorldSettings) {
    standard = World(id: "default", settings: settings)
    worlds = Locked([standard.id: standard])
    names = Identifiers(seed: settings.seed ^ 0x776F_726C_6473)
  }

  /// The world of a name.
  public subscript(id: String) -> World? { worlds.withLock { $0[id] } }

  /// How many worlds were made and removed so far.
  public var generation: Int { changes.load(ordering: .relaxed) }

  /// All worlds, by name.
  public var all: [World] { worlds.withLock { $0.values.sorted { $0.id < $1.id } } }

  /// Makes a world.
  /// - Parameter id: its name; one is made up without it.
  public func create(id: String?, settings: WorldSettings) throws(WorldError) -> World {
    if let id {
      guard (1...64).contains(id.utf8.count), id.utf8.allSatisfy(Self.isNameByte) else { throw .badName(id) }
    }
    let made: Result<World, WorldError> = worlds.withLock { worlds in
      guard worlds.count < Self.limit else { return .failure(.tooMany(Self.limit)) }
      var name = id ?? names.hexadecimal(12)
      if id == nil { while worlds[name] != nil { name = names.hexadecimal(12) } }
      guard worlds[name] == nil else { return .failure(.taken(name)) }
      let world = World(id: name, settings: settings)
      worlds[name] = world
      changes.add(1, ordering: .relaxed)
      return .success(world)
    }
    return try made.get()
  }

  /// Takes a world away; the default one stays.
  /// - Returns: the world, `nil` when there is none of that name or it is the default one.
  public func remove(_ id: String) -> World? {
    guard id != standard.id else { return nil }
    return worlds.withLock { worlds in
      changes.add(1, ordering: .relaxed)
      let world = worlds.removeValue(forKey: id)
      world?.goAway()
      return world
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
