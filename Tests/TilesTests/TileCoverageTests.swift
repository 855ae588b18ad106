import Spatial
import Testing

@testable import Tiles

@Suite("Coverages of tiles") struct TileCoverageTests {
  static let world = Envelope(xmin: -20037508, ymin: -20037508, xmax: 20037508, ymax: 20037508)

  /// SplitMix64, so that every run has the same polygons.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// A simple polygon about a place: rays in order, each of some length.
  static func star(_ generator: inout Generator) -> [Point] {
    let center = Point(x: .random(in: -1e7...1e7, using: &generator), y: .random(in: -1e7...1e7, using: &generator))
    let count = Int.random(in: 3...20, using: &generator)
    // The first quadrant's tangents stand for angles, so that no library of angles is needed.
    let corners = (0..<count).map { index -> Point in
      let turn = 4 * Double(index) / Double(count)
      let (side, share) = (Int(turn), turn - turn.rounded(.down))
      let length = Double.random(in: 1e5...8e6, using: &generator)
      let (x, y) = ((1 - share) * length, share * length)
      let offsets = [(x, y), (-y, x), (-x, -y), (y, -x)][side]
      return Point(x: center.x + offsets.0, y: center.y + offsets.1)
    }
    return corners + [corners[0]]
  }

  @Test("have the tiles that GEOS says a polygon meets", arguments: 0..<60)
  func polygons(seed: Int) throws {
    var generator = Generator(state: UInt64(seed))
    let ring = Self.star(&generator)
    let coverage = TileCoverage(scheme: .webMercator, extent: Self.world, polygons: [[ring]])
    let relation = try GeometryRelation(of: .polygon([ring]), .intersects)
    for level in 0...5 {
      let whole = TileRange(level: level, rows: 0..<(1 << level), columns: 0..<(1 << level))
      let columns = coverage.columns(of: level, rows: whole.rows)
      var count = 0
      for row in whole.rows {
        for column in whole.columns {
          let tile = TileAddress(level: level, row: row, column: column)
          let isMeant = try relation.holds(for: .envelope(try #require(coverage.scheme.envelope(of: tile))))
          #expect(coverage.contains(tile) == isMeant, "\(tile)")
          #expect(columns[row].contains { $0.contains(column) } == isMeant, "\(tile)")
          count += isMeant ? 1 : 0
        }
      }
      #expect(coverage.count(of: level) == count)
      #expect(coverage.samples(of: level, most: 20).allSatisfy { coverage.contains($0) })
    }
  }

  @Test("are gone through bundle by bundle, each tile once", arguments: [1, 4, 8])
  func batches(size: Int) {
    let box = Envelope(xmin: -3e6, ymin: -2e6, xmax: 9e6, ymax: 5e6)
    let triangle = [Point(x: -3e6, y: -2e6), Point(x: 9e6, y: 0), Point(x: 0, y: 5e6), Point(x: -3e6, y: -2e6)]
    for polygons in [nil, [[triangle]]] {
      let coverage = TileCoverage(scheme: .webMercator, extent: box, polygons: polygons)
      var seen: Set<TileAddress> = []
      var bundles: [[Int]] = []
      for batch in TileBatches(coverage, levels: [2, 8, 9], size: size) {
        #expect(!batch.isEmpty && batch.count <= size * size)
        for tile in batch {
          #expect(coverage.contains(tile) && seen.insert(tile).inserted, "\(tile)")
          let bundle = [tile.level, tile.row / 128, tile.column / 128]
          if bundles.last != bundle { bundles.append(bundle) }
        }
      }
      #expect(seen.count == [2, 8, 9].reduce(0) { $0 + coverage.count(of: $1) })
      #expect(Set(bundles).count == bundles.count && bundles.count > 4, "no bundle is begun twice")
      #expect(bundles == bundles.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test("end at edges that lie on the borders of tiles")
  func borders() {
    let quarter = Envelope(xmin: -20037508.342787, ymin: 0, xmax: 0, ymax: 20037508.342787)
    let ring = quarter.ring
    for level in 1...20 {
      let half = 1 << (level - 1)
      let box = TilingScheme.webMercator.tiles(of: level, meeting: quarter)
      // The table's figures are rounded: from level 16 on the middle of the Earth is some millionths of a tile off.
      #expect(box.rows.count - half <= (level > 15 ? 1 : 0) && box.columns.count - half <= (level > 15 ? 1 : 0))
      let coverage = TileCoverage(scheme: .webMercator, extent: Self.world, polygons: [[ring]])
      if level <= 12 { #expect(coverage.count(of: level) == box.count, "\(level)") }
    }
  }

  @Test("of what is nowhere have no tiles", arguments: [Double.nan, .infinity, 1e300, -1e300])
  func nowhere(value: Double) {
    let far = Envelope(xmin: value, ymin: value, xmax: value, ymax: value)
    #expect(TileCoverage(scheme: .webMercator, extent: far).count(of: 5) == 0)
    let ring = [Point(x: value, y: 0), Point(x: 1, y: value), Point(x: 0, y: 1), Point(x: value, y: 0)]
    _ = TileCoverage(scheme: .webMercator, extent: Self.world, polygons: [[ring]]).count(of: 5)
  }
}
