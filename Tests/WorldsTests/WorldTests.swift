import Testing
import Worlds

@Suite("Worlds")
struct WorldTests {
  @Test("make the same identifiers again after a reset, and others for another seed")
  func identifiers() {
    let world = World(id: "a", settings: WorldSettings(seed: 7))
    let first = (0..<5).map { _ in world.identifiers.grouped(separator: "_") }
    #expect(Set(first).count == 5)
    #expect(first.allSatisfy { $0.split(separator: "_").map(\.count) == [8, 4, 4, 4, 12] })
    world.reset()
    #expect((0..<5).map { _ in world.identifiers.grouped(separator: "_") } == first)
    #expect(World(id: "b", settings: WorldSettings(seed: 8)).identifiers.grouped(separator: "_") != first[0])
  }

  @Test("show the time they were told to start at, and go on from there")
  func clock() {
    let world = World(id: "a", settings: WorldSettings(start: 1_000_000))
    #expect((1_000_000..<1_060_000).contains(world.clock.now))
    world.reset()
    #expect((1_000_000..<1_060_000).contains(world.clock.now))
    #expect(World(id: "b", settings: WorldSettings()).clock.now > 1_700_000_000_000)
  }

  @Test("have names of their own: taken, malformed and too many ones are refused")
  func registry() throws {
    let worlds = WorldRegistry(settings: WorldSettings())
    #expect(worlds["default"] === worlds.standard)
    let made = try worlds.create(id: "login-test_1", settings: WorldSettings())
    #expect(worlds["login-test_1"] === made)
    #expect(throws: WorldError.taken("login-test_1")) {
      try worlds.create(id: "login-test_1", settings: WorldSettings())
    }
    for name in ["", "a/b", "ä", "a b", String(repeating: "a", count: 65)] {
      #expect(throws: WorldError.badName(name)) { try worlds.create(id: name, settings: WorldSettings()) }
    }
    let generation = worlds.generation
    #expect(worlds.remove("default") == nil)
    #expect(worlds.remove("login-test_1") === made)
    #expect(worlds["login-test_1"] == nil)
    #expect(worlds.generation > generation, "kept answers of the world count no more")
    for _ in worlds.all.count..<WorldRegistry.limit { _ = try worlds.create(id: nil, settings: WorldSettings()) }
    #expect(throws: WorldError.tooMany(WorldRegistry.limit)) { try worlds.create(id: nil, settings: WorldSettings()) }
  }
}
