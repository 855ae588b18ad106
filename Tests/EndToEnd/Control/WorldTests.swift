import JSONValue
import Testing

@Suite("Worlds are apart from each other, and come back to their seed", .servingSampleData)
struct WorldTests {
  static let export = "Landsat7/ImageServer/exportImage?bbox=290000,9112000,296000,9118000&size=8,8&f=json"

  /// Makes a world: its id and the path of its services.
  func make(_ settings: JSON = [:]) throws -> (id: String, path: String) {
    let made = try server().control("POST", "/mock/worlds", settings)
    try #require(made.status == 201, "\(made.text)")
    let address = try #require(made.json["url"]?.string)
    let id = try #require(made.json["id"]?.string)
    #expect(address == "http://127.0.0.1:\(try server().port)/w/\(id)/arcgis/rest/services")
    return (id, String(address.dropFirst("http://127.0.0.1:\(try server().port)".count)))
  }

  /// The names of three exported files.
  func names(_ path: String) throws -> [String] {
    try (0..<3).map { _ in
      let href = try #require(try server().get("\(path)/\(Self.export)").json["href"]?.string)
      #expect(href.contains("\(path.dropLast("/rest/services".count))/rest/directories/"), "\(href)")
      return String(href.split(separator: "/").last ?? "")
    }
  }

  @Test("two worlds of different releases answer side by side")
  func sideBySide() throws {
    let old = try make(["serverVersion": "10.0"])
    let new = try make(["serverVersion": "11.4"])
    for _ in 0..<3 {
      #expect(try server().get("\(old.path)?f=json").json["currentVersion"] == .double(10.01))
      #expect(try server().get("\(new.path)?f=json").json["currentVersion"] == .double(11.4))
      #expect(try server().get("/arcgis/rest/services?f=json").json["currentVersion"] == .double(11.1))
    }
    #expect(
      try server().get("\(old.path)?f=json").json["services"]
        == (try server().get("\(new.path)?f=json").json["services"]))
  }

  @Test("a reset gives the same names again, and takes the files away")
  func reset() throws {
    let world = try make(["seed": 42])
    let first = try names(world.path)
    #expect(Set(first).count == 3)
    let root = world.path.dropLast("/rest/services".count)
    let file = "\(root)/rest/directories/arcgisoutput/Landsat7_ImageServer/\(first[0])"
    #expect(try server().get(file).status == 200)
    #expect(try server().control("POST", "/mock/worlds/\(world.id)/reset").status == 200)
    #expect(try server().get(file).status == 404)
    #expect(try names(world.path) == first)
    #expect(try names(world.path) != first)
  }

  @Test("a seed gives the same names in every world, another seed others")
  func seeds() throws {
    let first = try names(try make(["seed": 7]).path)
    #expect(try names(try make(["seed": 7]).path) == first)
    #expect(try names(try make(["seed": 8]).path) != first)
  }

  @Test("the files of a world are not those of another")
  func files() throws {
    let here = try make(["seed": 1])
    let there = try make(["seed": 2])
    let name = try names(here.path)[0]
    for (path, status) in [(here.path, 200), (there.path, 404), ("/arcgis/rest/services", 404)] {
      let root = path.dropLast("/rest/services".count)
      #expect(
        try server().get("\(root)/rest/directories/arcgisoutput/Landsat7_ImageServer/\(name)").status == status,
        "\(path)")
    }
  }

  @Test("a world that is deleted is gone, with 404 and JSON")
  func delete() throws {
    let world = try make()
    #expect(try server().get("\(world.path)?f=json").status == 200)
    #expect(try server().control("DELETE", "/mock/worlds/\(world.id)").status == 204)
    let answer = try server().get("\(world.path)?f=json")
    #expect(answer.status == 404 && answer.json["error"]?["code"] == 404)
    #expect(try server().control("GET", "/mock/worlds/\(world.id)").status == 404)
    #expect(try server().control("DELETE", "/mock/worlds/\(world.id)").status == 404)
    #expect(try server().control("POST", "/mock/worlds/\(world.id)/reset").status == 404)
  }

  @Test("the default world can't be deleted, and is listed with the others")
  func standard() throws {
    let world = try make(["id": "listed-world"])
    let list = try server().get("/mock/worlds").json["worlds"]?.array ?? []
    let ids = list.compactMap { $0["id"]?.string }
    #expect(ids.contains("default") && ids.contains(world.id))
    #expect(try server().control("DELETE", "/mock/worlds/default").status == 409)
    #expect(try server().get("/arcgis/rest/services?f=json").status == 200)
    #expect(try server().get("/mock/worlds/listed-world").json["serverVersion"] == "11.1")
  }

  @Test("a world has its own clock: files expire by it")
  func clock() throws {
    let world = try make(["now": 1_000_000_000_000])
    let now = try #require(try server().get("/mock/worlds/\(world.id)").json["now"]?.integer)
    #expect((1_000_000_000_000..<1_000_000_060_000).contains(now))
    let name = try names(world.path)[0]
    let root = world.path.dropLast("/rest/services".count)
    #expect(
      try server().get("\(root)/rest/directories/arcgisoutput/Landsat7_ImageServer/\(name)").status == 200)
  }

  @Test(
    "what can't be is refused with a status and a reason",
    arguments: [
      (#"{"serverVersion":"8.0"}"#, 400), (#"{"serverVersion":"x"}"#, 400), (#"{"seed":-1}"#, 400),
      (#"{"seed":"x"}"#, 400), (#"{"now":"yesterday"}"#, 400), (#"{"id":"a/b"}"#, 400), (#"{"id":""}"#, 400),
      (#"{"id":7}"#, 400), (#"{"colour":"red"}"#, 400), ("{", 400), ("[]", 400), (#"{"id":"default"}"#, 409),
    ])
  func refusals(_ body: String, _ status: Int) throws {
    let answer = try server().request(
      "POST", "/mock/worlds", headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    #expect(answer.status == status, "\(body)")
    #expect(answer.json["error"]?.string?.isEmpty == false)
  }

  @Test("a hundred worlds are made, used and gone")
  func many() throws {
    let worlds = try (0..<100).map { _ in try make() }
    #expect(Set(worlds.map(\.id)).count == 100)
    for world in worlds {
      #expect(try server().get("\(world.path)?f=json").status == 200)
      #expect(try server().control("DELETE", "/mock/worlds/\(world.id)").status == 204)
    }
  }
}
