import Foundation
import Testing
import Tiles
import VectorTiles

/// What is wrong in a file: told with its place, and nothing else is lost.
struct BadInputTests {
  private let workshop: Workshop
  private let good = #"{"type":"Feature","properties":{"good":true},"geometry":{"type":"Point","coordinates":[1,2]}}"#

  init() throws { workshop = try Workshop() }

  struct Case: CustomTestStringConvertible {
    var feature: String
    var reason: String
    var isLoss = true
    /// Features of the tile of the whole world besides the good ones.
    var shown = 0
    var testDescription: String { reason }
  }

  private static func feature(_ geometry: String) -> String {
    #"{"type":"Feature","properties":{},"geometry":\#(geometry)}"#
  }

  static let cases: [Case] = [
    Case(
      feature: feature(.polygon([[0, 0], [40, 0], [40, 40], [0, 40]])), reason: "a ring is not closed", isLoss: false,
      shown: 1),
    Case(
      feature: feature(.polygon([[0, 0], [40, 40], [40, 0], [0, 40], [0, 0]])),
      reason: "an area crosses or touches itself", isLoss: false, shown: 1),
    Case(
      feature: feature(.polygon([[0, 0], [40, 40], [0, 0]])),
      reason: "a ring has fewer than three different positions"),
    Case(feature: feature(.line([0, 0])), reason: "a line has fewer than two positions"),
    Case(feature: feature(.point(0, 95)), reason: "a position has the latitude 95.0, beyond 90 degrees"),
    Case(feature: feature(.point(500_000, 0)), reason: "a position has the longitude 500000.0, beyond 540 degrees"),
    Case(
      feature: feature(#"{"type":"Point","coordinates":[null,3]}"#),
      reason: "a position holds something that is no number"),
    Case(
      feature: feature(#"{"type":"Point","coordinates":["1","2"]}"#),
      reason: "a position holds something that is no number"),
    Case(feature: feature(#"{"type":"Point","coordinates":[1]}"#), reason: "a position has fewer than two numbers"),
    Case(
      feature: feature(#"{"type":"Point","coordinates":[[1,2]]}"#),
      reason: "the coordinates of a Point nest 2 deep instead of 1"),
    Case(
      feature: feature(#"{"type":"Polygon","coordinates":[[0,0],[1,1],[1,0],[0,0]]}"#),
      reason: "the coordinates of a Polygon nest 2 deep instead of 3"),
    Case(
      feature: feature(#"{"type":"LineString","coordinates":[[0,0],[[1,1]]]}"#),
      reason: "its coordinates nest unevenly"),
    Case(feature: feature(#"{"type":"LineString"}"#), reason: "a LineString has no coordinates"),
    Case(feature: feature(#"{"type":"Circle","coordinates":[1,2]}"#), reason: #""Circle" is no type of geometry"#),
    Case(feature: feature(#"{"coordinates":[1,2]}"#), reason: "a geometry has no type"),
    Case(feature: feature("7"), reason: "its geometry is no object"),
    Case(
      feature: #"{"type":"Feature","properties":{"n":1e400},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
      reason: "a property's number is too large", shown: 1),
    Case(feature: #"{"a":1}"#, reason: "an object has no type"),
    Case(feature: "[]", reason: "it is no object"),
  ]

  @Test("A feature that is wrong is told of, and its neighbours are shown", arguments: cases)
  func features(_ bad: Case) throws {
    let text = #"{"type":"FeatureCollection","features":[\#(good),\#(bad.feature),\#(good)]}"#
    let index = try workshop.index(text)
    let offset = try #require(text.range(of: bad.feature)).lowerBound.utf16Offset(in: text)
    let problem = SourceProblem(feature: 2, offset: offset, reason: bad.reason, isLoss: bad.isLoss)
    #expect(index.description.problems == [problem])
    let cutter = TileCutter([TileLayer(index, LayerSettings(name: "layer"))])
    let tile = try #require(try cutter.tile(TileAddress(level: 0, row: 0, column: 0)))
    #expect(try DecodedTile(tile).layers[0].features.count == 2 + bad.shown)
  }

  @Test("Both halves of an area that crosses itself are shown, as two rings")
  func bowTie() throws {
    let bow = String.polygon([[0, 0], [40, 40], [40, 0], [0, 40], [0, 0]])
    let feature = try #require(try workshop.features(.collection(bow), 0, 0, 0).first)
    #expect(feature.parts.count == 2)
    #expect(feature.doubledAreas.allSatisfy { $0 > 0 })
  }

  @Test("Heights, empty and missing geometries are no faults")
  func faultless() throws {
    let text = """
      {"type":"FeatureCollection","features":[
      \(Self.feature(#"{"type":"Point","coordinates":[90,0,8848.86,5]}"#)),
      \(Self.feature("null")),\(Self.feature(#"{"type":"Point","coordinates":[]}"#)),
      \(Self.feature(#"{"type":"Polygon","coordinates":[]}"#)),\(Self.feature(#"{"type":"MultiPolygon","coordinates":[[[]]]}"#)),
      {"type":"Feature","properties":null}]}
      """
    let description = try workshop.index(text).description
    #expect(description.problems == [])
    #expect(description.featureCount == 6 && description.withoutGeometry == 5)
    #expect(try workshop.features(text, 0, 0, 0).map(\.parts) == [[[[3072, 2048]]]])
  }

  @Test("A file may be a Feature, a geometry, or a sequence of them, with members in any order")
  func forms() throws {
    let point = #"{"coordinates":[90,0],"type":"Point"}"#
    let feature = #"{"geometry":{"coordinates":[90,0],"type":"Point"},"id":3,"properties":null,"type":"Feature"}"#
    for text in [
      point, feature, "\u{FEFF}" + feature, #"{"features":[\#(feature)],"type":"FeatureCollection"}"#,
      #"{"bbox":[1,2,{"x":[]}],"name":"a","features":[\#(feature)]}"#,
    ] {
      #expect(try workshop.features(text, 0, 0, 0).map(\.parts) == [[[[3072, 2048]]]])
    }
    for text in ["\(feature)\n\(point)\n\n\(feature)\n", "\u{1E}\(feature)\n\u{1E}\(point)\n\u{1E}\(feature)\n"] {
      let index = try workshop.index(text)
      #expect(index.description.featureCount == 3 && index.description.problemCount == 0)
    }
  }

  @Test("A broken line of a sequence costs no other one")
  func brokenLine() throws {
    let description = try workshop.index("\(good)\n{\"type\":\"Feat\n\(good)\nnonsense\n\(good)").description
    #expect(description.kinds == [.point: 3])
    #expect(description.problemCount == 2 && description.problems.allSatisfy(\.isLoss))
  }

  static let brokenTexts: [(String, Int)] = [
    ("", 0), ("   ", 3), ("[]", 0), ("hello", 0), (#"{"type":"FeatureCollection","features":[{]}"#, 41),
    (#"{"type":"FeatureCollection","features":[1,2"#, 43), (#"{"type":"Topology","objects":{}}"#, 0),
    (#"{"type":"FeatureCollection"}"#, 0), (#"{"type":"Feature","properties":{"a":"b"#, 38),
    (#"{"type":"Point","coordinates":[1,2}"#, 34), (#"{"type":"Point","coordinates":[1,.5]}"#, 33),
    ("{\"a\":" + String(repeating: "[", count: 200), 133),
  ]

  @Test(
    "A text that is no GeoJSON is an error with the byte where it ends to be one",
    arguments: brokenTexts)
  func broken(_ text: String, _ offset: Int) throws {
    #expect {
      try workshop.index(text)
    } throws: {
      guard case .notGeoJSON(_, let found, _)? = $0 as? VectorTileError else { return false }
      return found == offset
    }
  }

  @Test("A feature and a value larger than anyone needs are left out, without being kept in memory")
  func huge() throws {
    let value = String(repeating: "x", count: 1 << 20)
    let text = """
      {"type":"FeatureCollection","features":[\(good),
      {"type":"Feature","properties":{"fits":"\(value)","longer":"\(value)y","a":1},"geometry":\(String.point(3, 4))},\(good)]}
      """
    let index = try workshop.index(text)
    #expect(index.description.problems.map(\.reason) == ["a property's text is longer than 1048576 bytes"])
    let features = try workshop.features(text, 0, 0, 0)
    #expect(features.count == 3 && features[1].properties["fits"] == .string(value))
    #expect(features[1].properties["longer"] == nil && features[1].properties["a"] == .unsigned(1))

    let position = Array("[1.25,2.25],".utf8)
    var bytes = Data(
      "{\"type\":\"FeatureCollection\",\"features\":[\(good),{\"type\":\"Feature\",\"geometry\":{\"type\":\"MultiPoint\",\"coordinates\":["
        .utf8)
    for _ in 0..<(66 << 20) / position.count { bytes.append(contentsOf: position) }
    bytes.append(contentsOf: Data("[1,2]]}},\(good)]}".utf8))
    let large = try LayerIndex.open(workshop.file(bytes), in: workshop.state)
    #expect(large.description.problems.map(\.reason) == ["it is larger than 64 MB"])
    #expect(large.description.kinds == [.point: 2])
  }

  @Test("A tangle that would take minutes to take apart is refused, and told of")
  func tangle() throws {
    var generator = SeededGenerator(seed: 5)
    var ring = (0..<4000).map { _ in
      [Double.random(in: -80...80, using: &generator), .random(in: -80...80, using: &generator)]
    }
    // With a spike, which alone would be mended.
    ring.append(ring[0])
    ring.insert(contentsOf: [[0, 0], [10, 0], [5, 0]], at: 1)
    let text = #"{"type":"FeatureCollection","features":[\#(Self.feature(.polygon(ring))),\#(good)]}"#
    let description = try workshop.index(text).description
    #expect(description.problems.map(\.reason) == ["an area crosses itself too often to be mended"])
    #expect(description.kinds == [.point: 1])
  }

  @Test("A file that isn't there is an error")
  func missing() throws {
    #expect(throws: VectorTileError.self) { try LayerIndex.open("/nowhere/x.geojson", in: workshop.state) }
    #expect(throws: VectorTileError.self) { try LayerIndex.open(workshop.folder.path, in: workshop.state) }
    let path = try workshop.file(good)
    #expect(throws: VectorTileError.self) { try LayerIndex.open(path, in: "/nowhere") }
  }
}
