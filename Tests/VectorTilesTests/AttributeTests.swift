import Foundation
import Testing
import Tiles
import VectorTiles

struct AttributeTests {
  private let workshop: Workshop
  private let world = TileAddress(level: 0, row: 0, column: 0)

  init() throws { workshop = try Workshop() }

  private func feature(_ properties: String, id: String? = nil) -> String {
    let id = id.map { #""id":\#($0),"# } ?? ""
    return #"{"type":"Feature",\#(id)"geometry":{"type":"Point","coordinates":[1,2]},"properties":\#(properties)}"#
  }

  @Test("Values keep their types; null is left out, arrays and objects become JSON")
  func types() throws {
    let text = feature(
      #"""
      {"s":"tea ☕ \u00e9\n\"","i":42,"n":-7,"big":18446744073709551615,"low":-9223372036854775808,"huge":1e300,
       "f":0.5,"d":0.1,"t":true,"no":false,"gone":null,"a":[1, {"b": "c, d"}, []],"o":{"x": 1.50, "y": null},"w":2.0}
      """#)
    let properties = try #require(try workshop.features(text, 0, 0, 0).first).properties
    let expected: [String: DecodedTile.Value] = [
      "s": .string("tea ☕ é\n\""), "i": .unsigned(42), "n": .signed(-7), "big": .unsigned(.max), "low": .signed(.min),
      "huge": .double(1e300), "f": .float(0.5), "d": .double(0.1), "t": .bool(true), "no": .bool(false),
      "a": .string(#"[1,{"b":"c, d"},[]]"#), "o": .string(#"{"x":1.50,"y":null}"#), "w": .float(2),
    ]
    #expect(properties == expected)
  }

  @Test("Keys and values stand in a layer once")
  func shared() throws {
    let features = (0..<50).map { feature(#"{"kind":"wheat","rank":\#($0 % 3),"same":"wheat"}"#) }
    let text = #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    let layer = try DecodedTile(try #require(try workshop.cutter(text).tile(world))).layers[0]
    #expect(layer.keys == ["kind", "rank", "same"])
    #expect(layer.values.count == 4)
    #expect(layer.features.count == 50)
    #expect(layer.features[4].properties == ["kind": .string("wheat"), "rank": .unsigned(1), "same": .string("wheat")])
  }

  @Test("Whole numbers are ids, as texts too; others become a property")
  func identifiers() throws {
    func first(_ id: String, _ properties: String = "{}") throws -> DecodedTile.Feature {
      try #require(try workshop.features(feature(properties, id: id), 0, 0, 0).first)
    }
    #expect(try first("0").id == 0)
    #expect(try first("\"0012\"").id == 12)
    #expect(try first("5.0").id == 5)
    let text = try first("\"relation/5\"")
    #expect(text.id == nil && text.properties == ["id": .string("relation/5")])
    #expect(try first("-3").properties == ["id": .signed(-3)])
    #expect(try first("\"x\"", #"{"id":9}"#).properties == ["id": .unsigned(9)])
    #expect(try first("null").properties == [:])
  }

  @Test("Settings choose levels, properties, names, order and ids")
  func settings() throws {
    let text = feature(#"{"a":"17","b":2}"#, id: "1")
    let index = try workshop.index(text)
    let cutter = TileCutter([
      TileLayer(index, LayerSettings(name: "second", minzoom: 1, maxzoom: 2, order: 5)),
      TileLayer(index, LayerSettings(name: "first", fields: ["b"], order: -1, idField: "a")),
    ])
    func layers(_ level: Int) throws -> [DecodedTile.Layer] {
      let half = (1 << level) / 2
      let tile = try cutter.tile(TileAddress(level: level, row: max(0, half - 1), column: half))
      return try DecodedTile(try #require(tile)).layers
    }
    #expect(try layers(0).map(\.name) == ["first"])
    #expect(try layers(1).map(\.name) == ["first", "second"])
    #expect(try layers(3).map(\.name) == ["first"])
    let features = try layers(1).map { $0.features[0] }
    #expect(features.map(\.id) == [17, 1])
    #expect(features[0].properties == ["b": .unsigned(2)])
    #expect(cutter.layers[0].fields.map(\.name) == ["b"])
  }

  @Test("A layer tells its properties, kinds, extent and how many features it has")
  func description() throws {
    let text = """
      {"type":"FeatureCollection","features":[
      \(feature(#"{"name":"a","n":1,"b":true,"mixed":1,"none":null}"#)),
      \(feature(#"{"name":"b","n":1.5,"mixed":"x"}"#)),
      {"type":"Feature","properties":{"unseen":1},"geometry":null},
      {"type":"Feature","properties":null,"geometry":\(String.line([-90, 0], [90, 66.51326044311186]))}]}
      """
    let description = try workshop.index(text).description
    #expect(description.featureCount == 4 && description.withoutGeometry == 1 && description.problemCount == 0)
    #expect(description.kinds == [.point: 2, .line: 1])
    #expect(description.fields.map(\.name) == ["name", "n", "b", "mixed"])
    #expect(description.fields.map(\.type) == [.string, .number, .boolean, .string])
    let extent = try #require(description.extent)
    // A quarter of the world's circumference of 40075016.68557849 m.
    #expect(abs(extent.xmin + 10018754.17) < 0.01 && abs(extent.ymax - 10018754.17) < 0.01 && abs(extent.ymin) < 0.01)
    let degrees = try #require(description.geographicExtent)
    #expect(abs(degrees.xmax - 90) < 1e-7 && abs(degrees.ymax - 66.51326044) < 1e-7)
  }

  @Test("A tile's gzip member is read by another reader")
  func gzip() throws {
    let tile = try #require(try workshop.cutter(feature(#"{"a":"b"}"#)).tile(world))
    let bytes = try #require(Gzip.compressed(tile))
    #expect(bytes.starts(with: [0x1F, 0x8B, 0x08]))
    let path = try workshop.file(Data(bytes), name: "tile.gz")
    let read = try Python.run("import gzip,sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())", [path])
    #expect(Array(read) == tile)
  }
}
