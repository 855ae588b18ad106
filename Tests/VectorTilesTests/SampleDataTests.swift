import Foundation
import Synchronization
import Testing
import Tiles
import VectorTiles

/// The sample data's map of the world, read by GDAL.
struct SampleDataTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "data/World.VectorTileServer")

  private static let layers = ["countries", "states", "lakes", "glaciers", "rivers", "coastline", "places"]

  private let workshop: Workshop
  private let cutter: TileCutter

  init() throws {
    workshop = try Workshop()
    let state = workshop.state
    cutter = TileCutter(
      try Self.layers.map { name in
        let path = Self.folder.appending(path: name + ".geojson").path
        return TileLayer(try LayerIndex.open(path, in: state), LayerSettings(name: name))
      })
  }

  private func tiles(_ levels: ClosedRange<Int>) throws -> [TileAddress] {
    var found: [TileAddress] = []
    try cutter.forEachTile(levels: levels, within: { _ in true }) { address in
      found.append(address)
      return true
    }
    return found
  }

  @Test("GDAL reads every tile, finds all geometries valid, and covers the ground that it cuts from the file itself")
  func readByGDAL() throws {
    let addresses = try tiles(0...4)
    #expect(addresses.count > 200)
    for address in addresses {
      let bytes = try #require(try cutter.tile(address))
      _ = try workshop.file(Data(bytes), name: "\(address.level)-\(address.column)-\(address.row).pbf")
    }
    let printed = try Python.run(
      Self.script, [workshop.folder.path, Self.folder.appending(path: "countries.geojson").path])
    let report = String(decoding: printed, as: UTF8.self)
    #expect(report == "tiles \(addresses.count)\n", "\(report)")
  }

  private static let script = """
    import glob, os, sys
    from osgeo import gdal, ogr, osr
    gdal.UseExceptions()
    half = 20037508.342789244
    opened = ogr.Open(sys.argv[2])
    source = opened.GetLayer(0)
    mercator, degrees = osr.SpatialReference(), osr.SpatialReference()
    mercator.ImportFromEPSG(3857)
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    way = osr.CoordinateTransformation(degrees, mercator)
    whole = []
    for f in source:
        g = f.GetGeometryRef().Intersection(ogr.CreateGeometryFromWkt(
            'POLYGON((-180 -85.0511287798,180 -85.0511287798,180 85.0511287798,-180 85.0511287798,-180 -85.0511287798))'))
        if g is None or g.IsEmpty(): continue
        g.Transform(way)
        whole.append((f.GetField('name'), g if g.IsValid() else g.MakeValid()))
    def snap(g):
        for i in range(g.GetGeometryCount()): snap(g.GetGeometryRef(i))
        for i in range(g.GetPointCount()):
            g.SetPoint_2D(i, round((g.GetX(i) - left) / unit), round((top - g.GetY(i)) / unit))
    count = 0
    for path in sorted(glob.glob(sys.argv[1] + '/*.pbf')):
        z, x, y = [int(n) for n in os.path.basename(path)[:-4].split('-')]
        tile = gdal.OpenEx(path, gdal.OF_VECTOR, open_options=['X=%d' % x, 'Y=%d' % y, 'Z=%d' % z, 'CLIP=NO'])
        span = 2 * half / 2 ** z
        unit = span / 4096
        left, top = x * span - half, half - y * span
        box = ogr.CreateGeometryFromWkt('POLYGON((%r %r,%r %r,%r %r,%r %r,%r %r))' % (
            left, top, left + span, top, left + span, top - span, left, top - span, left, top))
        for n in range(tile.GetLayerCount()):
            layer = tile.GetLayer(n)
            covered = {}
            for f in layer:
                g = f.GetGeometryRef()
                if layer.GetName() == 'countries':
                    covered[f.GetField('name')] = g.Clone()
                # In the tile's whole units, which GDAL's metres are but nearly.
                snap(g)
                if not g.IsValid(): print(path, layer.GetName(), f.GetFID(), 'is not valid')
            if layer.GetName() == 'countries':
                for name, g in whole:
                    truth = g.Intersection(box)
                    mine = covered[name].Intersection(box) if name in covered else None
                    area = truth.GetArea() / unit ** 2
                    found = mine.GetArea() / unit ** 2 if mine else 0
                    outline = truth.Boundary().Length() / unit if area else 0
                    # Simplified to a unit, and rounded to half of one, along the outline.
                    if abs(area - found) > outline * 0.5 + 3: print(path, name, area, found, outline)
        count += 1
    print('tiles', count)
    """

  @Test("A tile exists, in the tree too, just when it can be cut")
  func existence() throws {
    for level in 0...5 {
      let range = TileRange(level: level, rows: 0..<1 << level, columns: 0..<1 << level)
      let existing = try cutter.existing(in: range)
      var cut: [Bool] = []
      for row in range.rows {
        for column in range.columns {
          cut.append(try cutter.tile(TileAddress(level: level, row: row, column: column)) != nil)
        }
      }
      #expect(existing == cut)
      #expect(try tiles(level...level).count == cut.filter { $0 }.count)
    }
    var cut: [TileAddress] = []
    try cutter.cutEachTile(levels: 2...3, within: { $0.level < 2 || $0.row < (1 << $0.level) / 2 }) { address, bytes in
      let isSame = (try? cutter.tile(address)) == bytes
      #expect(isSame)
      cut.append(address)
      return true
    }
    #expect(try Set(cut) == Set(tiles(2...3).filter { $0.row < (1 << $0.level) / 2 }))
    var counts = [Int](repeating: 0, count: 6)
    func count(_ tree: TileTree, _ level: Int) {
      if tree != .nothing { counts[level] += 1 }
      if case .branch(let hasTile, let children) = tree {
        #expect(hasTile && children.count == 4)
        for child in children { count(child, level + 1) }
      }
    }
    count(try cutter.tree(to: 5), 0)
    #expect(counts == (try (0...5).map { try tiles($0...$0).count }))
    #expect(throws: VectorTileError.tooManyTiles(limit: 10)) { try cutter.tree(to: 5, limit: 10) }
  }

  @Test("Threads that cut at once cut the same")
  func threads() throws {
    let addresses = try tiles(0...3)
    let expected = try addresses.map { try cutter.tile($0) }
    let shared = cutter
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for (address, tile) in zip(addresses, expected) where (try? shared.tile(address)) != .some(tile) {
        wrong.add(1, ordering: .relaxed)
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test("A tile beyond the scheme is none")
  func outside() throws {
    for address in [
      TileAddress(level: -1, row: 0, column: 0), TileAddress(level: 23, row: 0, column: 0),
      TileAddress(level: 3, row: 8, column: 0), TileAddress(level: 3, row: 0, column: -1),
      TileAddress(level: .max, row: .max, column: .max),
    ] {
      #expect(try cutter.tile(address) == nil)
      #expect(try !cutter.exists(address))
    }
  }
}
