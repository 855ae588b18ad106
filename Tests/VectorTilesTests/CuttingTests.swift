import Foundation
import Testing
import Tiles
import VectorTiles

/// Places in tiles, calculated by hand: a tile of level z at column c begins at the longitude c / 2^z * 360 - 180, and has
/// 4096 units. The equator lies at half of the world's height, the latitude 66.51326044311186 at a quarter: the inverse of
/// Mercator, atan(sinh(pi / 2)).
struct CuttingTests {
  private let workshop: Workshop
  private let quarter = 66.51326044311186

  init() throws { workshop = try Workshop() }

  @Test("A point lies where Web Mercator puts it")
  func places() throws {
    let text = String.collection(.point(0, 0), .point(90, quarter), .point(-180, 85.0511287798066))
    let features = try workshop.features(text, 0, 0, 0)
    let expected: [[[[Int]]]] = [[[[2048, 2048]]], [[[3072, 1024]]], [[[0, 0]]]]
    #expect(features.map(\.parts) == expected)
    #expect(features.map(\.type) == [1, 1, 1])
    // Level 2, column 3: longitudes 90 to 180; row 1: the latitudes of a quarter to a half.
    #expect(try workshop.features(.collection(.point(135, quarter)), 2, 1, 3).first?.parts == [[[2048, 0]]])
  }

  @Test("A layer says version 2, its name and its extent")
  func layer() throws {
    let tile = try #require(
      try workshop.cutter(.collection(.point(0, 0))).tile(TileAddress(level: 0, row: 0, column: 0)))
    let layer = try DecodedTile(tile).layers[0]
    #expect(layer.version == 2 && layer.name == "layer" && layer.extent == 4096)
  }

  @Test("At the deepest level a unit is 2.3 mm, and nothing finer is lost")
  func deepest() throws {
    // Unit 12345 of column 3000000 of 2^22, in the row below the equator.
    let longitude = (3_000_000 + 1234.0 / 4096) / Double(1 << 22) * 360 - 180
    let features = try workshop.features(.collection(.point(longitude, 0)), 22, 1 << 21, 3_000_000)
    #expect(features.first?.parts == [[[1234, 0]]])
  }

  @Test("What lies up to 64 units beside a tile belongs to it too")
  func buffer() throws {
    // One unit of level 1 is 360 / 8192 degrees. The tile at row 0, column 0 ends at the longitude 0.
    let unit = 360.0 / 8192
    #expect(try workshop.features(.collection(.point(64 * unit, 10)), 1, 0, 0).first?.parts.first?[0][0] == 4160)
    #expect(try workshop.features(.collection(.point(65 * unit, 10)), 1, 0, 0).isEmpty)
  }

  @Test("A line is cut at the edge of the buffer, into as many parts as lie within")
  func lines() throws {
    let straight = try workshop.features(.collection(.line([-180, 0], [180, 0])), 1, 0, 0)
    #expect(straight.map(\.parts) == [[[[0, 4096], [4160, 4096]]]])
    // Out of the tile and in again.
    let unit = 360.0 / 8192
    let (near, far, low, high) = (-10 * unit, 1000 * unit, 10 * unit, 50 * unit)
    let bent = try workshop.features(
      .collection(.line([near, low], [far, low], [far, high], [near, high])), 1, 0, 0)
    #expect(bent.count == 1)
    #expect(bent[0].parts.map { $0.map { $0[0] } } == [[4086, 4160], [4160, 4086]])
  }

  @Test("Outer rings have a positive area and holes a negative one, however they ran", arguments: [false, true])
  func winding(isReversed: Bool) throws {
    func turned(_ ring: [[Double]]) -> [[Double]] { isReversed ? ring.reversed() : ring }
    let outer = turned([[-90, -60], [90, -60], [90, 60], [-90, 60], [-90, -60]])
    let hole = turned([[-45, -30], [45, -30], [45, 30], [-45, 30], [-45, -30]])
    let areas = try workshop.features(.collection(.polygon(outer, hole)), 0, 0, 0).first?.doubledAreas ?? []
    #expect(areas.count == 2)
    #expect(areas[0] > 0 && areas[1] < 0)
    // 2048 units wide, and as high as the latitude 60 lies above the equator, twice:
    // ln(tan(75 degrees)) / 2 pi * 4096 = 858.5 units.
    #expect(abs(areas[0] - 2 * 2048 * 2 * 858) <= 2 * 2048 * 2)
  }

  @Test("A tile within an area is filled, with its buffer; one within a hole is not there")
  func filled() throws {
    let text = String.collection(
      .polygon(
        [[-170, -80], [170, -80], [170, 80], [-170, 80], [-170, -80]],
        [[10, 10], [80, 10], [80, 80], [10, 80], [10, 10]]))
    let filled = try workshop.features(text, 4, 9, 5)
    let corners: Set<[Int]> = [[-64, -64], [4160, -64], [4160, 4160], [-64, 4160]]
    #expect(filled.map { Set($0.parts[0]) } == [corners])
    #expect(filled[0].parts.count == 1)
    // Level 4, column 10: longitudes 45 to 67.5; row 5: latitudes 41 to 55.8.
    #expect(try workshop.cutter(text).tile(TileAddress(level: 4, row: 5, column: 10)) == nil)
    #expect(try !workshop.cutter(text).exists(TileAddress(level: 4, row: 5, column: 10)))
  }

  @Test("An area that comes into a tile by two arms becomes two rings, without a seam along the border")
  func arms() throws {
    // A U that lies on its side: its arms reach into the tile from the right, at level 1, row 0, column 0.
    let text = String.collection(
      .polygon([[-20, 10], [40, 10], [40, 60], [-20, 60], [-20, 50], [30, 50], [30, 20], [-20, 20], [-20, 10]]))
    let features = try workshop.features(text, 1, 0, 0)
    #expect(features.count == 1)
    #expect(features[0].parts.count == 2)
    #expect(features[0].doubledAreas.allSatisfy { $0 > 0 })
    #expect(features[0].parts.allSatisfy { $0.count == 4 && $0.filter { $0[0] == 4160 }.count == 2 })
  }

  @Test("A GeometryCollection is split by kinds, which share id and properties")
  func collections() throws {
    let text = """
      {"type":"Feature","id":7,"properties":{"a":1},"geometry":{"type":"GeometryCollection","geometries":[
      {"type":"Point","coordinates":[10,10]},{"type":"GeometryCollection","geometries":[
      {"type":"LineString","coordinates":[[0,0],[20,20]]},{"type":"MultiPoint","coordinates":[[1,1],[2,2]]}]},
      {"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]],[[[20,0],[29,0],[29,9],[20,0]]]]}]}}
      """
    let features = try workshop.features(text, 0, 0, 0)
    #expect(features.map(\.type) == [1, 2, 3])
    #expect(features.map(\.id) == [7, 7, 7])
    #expect(features.allSatisfy { $0.properties == ["a": .unsigned(1)] })
    #expect(features[0].parts[0].count == 3 && features[2].parts.count == 2)
  }

  @Test("Points are always shown; of lines and areas too small to be seen one in 16 pixels, as a dot")
  func dots() throws {
    // 40 squares of 10 m and 40 lines of 10 m, all within a thousandth of a degree.
    let squares = (0..<40).map { number -> String in
      let x = 10 + Double(number) * 0.0002
      let east = x + 0.0001
      let ring: [[Double]] = [[x, 50], [east, 50], [east, 50.0001], [x, 50.0001], [x, 50]]
      return .polygon(ring)
    }
    let lines = (0..<40).map { number -> String in
      let x = 10 + Double(number) * 0.0002
      return .line([x, 50], [x + 0.0001, 50])
    }
    let points = (0..<40).map { number -> String in .point(10 + Double(number) * 0.0002, 50) }
    func features(_ geometries: [String]) -> String {
      let all = geometries.map { #"{"type":"Feature","properties":{},"geometry":\#($0)}"# }.joined(separator: ",")
      return #"{"type":"FeatureCollection","features":[\#(all)]}"#
    }
    for level in [0, 5] {
      let tile = TileAddress(
        level: level, row: Int(Double(1 << level) * 0.339), column: Int(Double(1 << level) * 190 / 360))
      for (texts, counts) in [(squares, 1...2), (lines, 1...2), (points, 40...40)] {
        let bytes = try #require(try workshop.cutter(features(texts)).tile(tile))
        #expect(counts.contains(try DecodedTile(bytes).layers[0].features.count))
      }
      let dot = try #require(try workshop.cutter(features(squares)).tile(tile))
      #expect(try DecodedTile(dot).layers[0].features[0].doubledAreas == [2])
    }
    // A unit of level 16 is 0.15 m; row (1/2 - ln(tan(70 degrees)) / 2 pi) * 65536 = 22226.2.
    let near = try #require(
      try workshop.cutter(features(squares)).tile(TileAddress(level: 16, row: 22226, column: 34588)))
    // Column 190 / 360 * 65536 = 34588.44: 0.56 of a tile and the buffer are 0.00314 degrees, with the squares 0 to 15.
    #expect(try DecodedTile(near).layers[0].features.count == 16)
  }

  @Test("Lines and areas are simplified to a unit of each level, and no further")
  func simplification() throws {
    // A circle of 20 degrees around null island, of 20,000 vertices: at level 0 its radius is 227 units. A polygon within
    // one unit of it has pi * sqrt(227 / 2) = 33 vertices at least.
    let ring = (0...20_000).map { number -> [Double] in
      let angle = 2 * Double.pi * Double(number % 20_000) / 20_000
      return [20 * cos(angle), 20 * sin(angle)]
    }
    let cutter = try workshop.cutter(.collection(.polygon(ring)))
    let tile = try #require(try cutter.tile(TileAddress(level: 0, row: 0, column: 0)))
    let vertices = try DecodedTile(tile).layers[0].features[0].parts[0].count
    #expect((33...200).contains(vertices))
    let area = Double(try DecodedTile(tile).layers[0].features[0].doubledAreas[0]) / 2
    // As high as the latitude 20 lies above the equator: 232.2 units; nearly an ellipse.
    let truth = Double.pi * 227.5 * 231
    #expect(abs(area / truth - 1) < 0.03)
  }
}
