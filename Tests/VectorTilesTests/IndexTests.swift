import Foundation
import Testing
import Tiles
import VectorTiles

struct IndexTests {
  private let workshop: Workshop
  private let world = TileAddress(level: 0, row: 0, column: 0)

  init() throws { workshop = try Workshop() }

  private func modified(_ path: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  @Test("An index is made once, and anew when the file has changed")
  func staleness() throws {
    let path = try workshop.file(.collection(.point(0, 0)), name: "a.geojson")
    let first = try LayerIndex.open(path, in: workshop.state)
    let made = try modified(first.path)
    #expect(try modified(LayerIndex.open(path, in: workshop.state).path) == made)
    _ = try workshop.file(.collection(.point(0, 0), .point(1, 1)), name: "a.geojson")
    let second = try LayerIndex.open(path, in: workshop.state)
    #expect(second.description.kinds == [.point: 2])
    // What is open goes on being what it was.
    #expect(try TileCutter([TileLayer(first, LayerSettings(name: "a"))]).tile(world) != nil)
    #expect(first.description.kinds == [.point: 1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop.state).count == 1)
  }

  @Test("Another opening finds the same description and the same tiles")
  func reopened() throws {
    let text = String.collection(
      .line([0, 0], [50, 50]), .polygon([[0, 0], [9, 0], [9, 9]]), properties: #"{"a":1}"#)
    let path = try workshop.file(text)
    let (first, second) = (try LayerIndex.open(path, in: workshop.state), try LayerIndex.open(path, in: workshop.state))
    #expect(first.description == second.description)
    #expect(first.description.problemCount == 1)
    let tiles = try [first, second].map { try TileCutter([TileLayer($0, LayerSettings(name: "a"))]).tile(world) }
    #expect(tiles[0] != nil && tiles[0] == tiles[1])
  }

  @Test("A failed reading leaves no file behind")
  func failure() throws {
    #expect(throws: VectorTileError.self) { try workshop.index(#"{"type":"FeatureCollection","features":[{}"#) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop.state).isEmpty)
  }

  @Test("A damaged index is made anew, or is an error of the tile; nothing crashes", arguments: 0..<60)
  func damage(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ring = (0...300).map { number -> [Double] in
      let angle = 2 * Double.pi * Double(number % 300) / 300
      return [20 * cos(angle) + 3 * cos(17 * angle), 20 * sin(angle)]
    }
    let text = String.collection(
      .polygon(ring), .line([0, 0], [50, 50]), .point(3, 4), properties: #"{"name":"abc","n":12}"#)
    let path = try workshop.file(text)
    let index = try LayerIndex.open(path, in: workshop.state).path
    var bytes = try Data(contentsOf: URL(fileURLWithPath: index))
    if seed % 4 == 0 {
      bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &generator))
    } else {
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        bytes[Int.random(in: (seed % 4 == 1 ? 0 : 64)..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
    }
    try FileManager.default.removeItem(atPath: index)
    try bytes.write(to: URL(fileURLWithPath: index))
    let cutter = TileCutter([TileLayer(try LayerIndex.open(path, in: workshop.state), LayerSettings(name: "a"))])
    for level in 0...3 {
      for row in 0..<1 << level {
        for column in 0..<1 << level {
          do throws(VectorTileError) {
            _ = try cutter.tile(TileAddress(level: level, row: row, column: column))
          } catch {
            guard case .damagedIndex = error else {
              Issue.record(error)
              return
            }
          }
        }
      }
    }
  }

  @Test(
    "GeoJSON with bytes changed, doubled or cut off is read or refused, and what is read can be cut", arguments: 0..<200
  )
  func mutations(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let text = """
      {"type":"FeatureCollection","crs":null,"features":[{"type":"Feature","id":"x","properties":{"a":[1,{"b":null}],
      "c":"\\ud83d\\ude00","d":-1.5e3},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[170,0],[190,60],[0,70],[0,0]],
      [[10,10],[20,10],[20,20],[10,10]]]]}},{"type":"Feature","properties":null,"geometry":{"type":"GeometryCollection",
      "geometries":[{"type":"LineString","coordinates":[[0,0,1],[1,1,2]]},{"type":"Point","coordinates":[1e2,-5E-1]}]}}]}
      """
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = .random(in: 0...255, using: &generator)
      case 1: bytes[place] = Array("{}[]\",:0123456789-.eE".utf8).randomElement(using: &generator) ?? 0
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
      default: if seed % 3 == 0 { bytes.removeLast(bytes.count - max(1, place)) }
      }
    }
    do {
      let index = try LayerIndex.open(workshop.file(Data(bytes)), in: workshop.state)
      let cutter = TileCutter([TileLayer(index, LayerSettings(name: "a"))])
      for level in 0...2 {
        for row in 0..<1 << level {
          for column in 0..<1 << level {
            let tile = try cutter.tile(TileAddress(level: level, row: row, column: column))
            if let tile { _ = try DecodedTile(tile) }
          }
        }
      }
    } catch let error as VectorTileError {
      #expect(!error.reason.isEmpty)
    }
  }
}
