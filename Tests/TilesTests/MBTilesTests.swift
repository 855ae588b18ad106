import Foundation
import Testing

@testable import Tiles

@Suite("MBTiles")
struct MBTilesTests {
  /// Lets GDAL make `m.mbtiles` of noise in Web Mercator, and tells what lies in it.
  private static let maker = """
    import json, sqlite3, sys
    import numpy as np
    from osgeo import gdal, osr
    gdal.UseExceptions()
    path, form = sys.argv[1:]
    srs = osr.SpatialReference(); srs.ImportFromEPSG(3857)
    ds = gdal.GetDriverByName('MEM').Create('', 700, 500, 3)
    ds.SetProjection(srs.ExportToWkt())
    ds.SetGeoTransform([1e6, 611.49622628138, 0, 6e6, 0, -611.49622628138])
    rng = np.random.default_rng(1)
    for b in range(3): ds.GetRasterBand(b + 1).WriteArray(rng.integers(0, 255, (500, 700)).astype('u1'))
    out = gdal.GetDriverByName('MBTiles').CreateCopy(path, ds, options=['TILE_FORMAT=' + form, 'NAME=Noise'])
    out.BuildOverviews('AVERAGE', [2, 4])
    out = None
    db = sqlite3.connect(path)
    rows = db.execute('SELECT zoom_level, tile_column, tile_row, hex(tile_data) FROM tiles').fetchall()
    print(json.dumps([[z, 2 ** z - 1 - r, c, h] for z, c, r, h in rows], default=str))
    """

  private struct Row: Decodable {
    let address: TileAddress
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      address = TileAddress(
        level: try row.decode(Int.self), row: try row.decode(Int.self), column: try row.decode(Int.self))
      let digits = Array(try row.decode(String.self).utf8)
      bytes = stride(from: 0, to: digits.count, by: 2).map { at in
        UInt8(String(decoding: digits[at..<(at + 2)], as: UTF8.self), radix: 16) ?? 0
      }
    }
  }

  /// Runs statements on a new or old database.
  private static func sql(_ path: String, _ statements: String) throws {
    let _: Bool = try Python.run(
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1]); db.executescript(sys.argv[2]); db.commit(); db.close()
      print('true')
      """, path, statements)
  }

  /// Why a file can't be opened.
  private static func failure(_ path: String) -> TileCacheError? {
    do throws(TileCacheError) { _ = try TileCache.open(path) } catch { return error }
    return nil
  }

  @Test("made by GDAL are read, tile for tile, with rows from the north", arguments: ["PNG", "JPEG"])
  func gdal(form: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.mbtiles")
    let rows: [Row] = try Python.run(Self.maker, path, form)
    #expect(rows.count > 10)
    let reader = try #require(try TileCache.open(path) as? MBTilesReader)
    #expect(reader.description.format == (form == "PNG" ? .png : .jpeg))
    #expect(reader.metadata["name"] == "Noise" && reader.description.name == "Noise")
    #expect(reader.description.minLOD == rows.map(\.address.level).min())
    #expect(reader.description.maxLOD == rows.map(\.address.level).max())
    #expect(reader.description.scheme.tileWidth == 256)
    for row in rows {
      #expect(try reader.tile(row.address) == row.bytes)
      #expect(try reader.hasTile(row.address))
    }
    // The extent of the 700 x 500 pixels, as GDAL tells it in degrees.
    let extent = reader.description.fullExtent
    #expect(abs(extent.xmin - 1e6) < 1000 && abs(extent.ymax - 6e6) < 1000)
    #expect(try reader.tile(TileAddress(level: 0, row: 0, column: 1)) == nil)
    #expect(try reader.tile(TileAddress(level: 99, row: 0, column: 0)) == nil)
    #expect(try reader.hasTile(TileAddress(level: 8, row: -1, column: 0)) == false)
    #expect(try folder.names == ["m.mbtiles"])
  }

  @Test("of vector tiles keep their metadata, and may have tiles in a view") func vector() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a b?#%.mbtiles")
    try Self.sql(
      path,
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id TEXT);
      CREATE TABLE images (tile_id TEXT, tile_data BLOB);
      CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM map JOIN images USING (tile_id);
      CREATE TABLE metadata (name TEXT, value TEXT);
      INSERT INTO images VALUES ('a', x'1f8b0800');
      INSERT INTO map VALUES (1, 1, 0, 'a'), (25, 3, 33554431, 'a');
      INSERT INTO metadata VALUES ('format', 'pbf'), ('json', '{"vector_layers":[]}'), ('minzoom', 7);
      """)
    let reader = try #require(try TileCache.open(path) as? MBTilesReader)
    #expect(reader.description.format == .pbf && reader.description.scheme.tileWidth == 512)
    #expect(reader.metadata["json"] == "{\"vector_layers\":[]}" && reader.metadata["minzoom"] == "7")
    #expect(reader.description.minLOD == 1 && reader.description.maxLOD == 25)
    // Row 0 of level 1 from the south is row 1 from the north.
    #expect(try reader.tile(TileAddress(level: 1, row: 1, column: 1)) == [0x1F, 0x8B, 8, 0])
    #expect(try reader.tile(TileAddress(level: 1, row: 0, column: 1)) == nil)
    #expect(try reader.hasTile(TileAddress(level: 25, row: 0, column: 3)))
    let resolution = try #require(reader.description.scheme[25]?.resolution)
    #expect(abs(resolution / (78271.51696402048 / 33_554_432) - 1) < 1e-6)
    #expect(try folder.names == ["a b?#%.mbtiles"])
  }

  @Test("that can't be served say why") func refused() throws {
    let folder = try TemporaryFolder()
    func outcome(_ statements: String) throws -> TileCacheError? {
      let path = folder.file(UUID().uuidString)
      try Self.sql(path, statements)
      return Self.failure(path)
    }
    let table = "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data); "
    guard
      case .unsupported(let webp) = try outcome(
        table + "INSERT INTO tiles VALUES (0, 0, 0, CAST('RIFF....WEBPVP8 ' AS BLOB))")
    else {
      Issue.record("WebP is taken")
      return
    }
    #expect(webp.contains("WebP"))
    guard case .unsupported(let other) = try outcome("CREATE TABLE other (a)") else {
      Issue.record("a database without tiles is taken")
      return
    }
    #expect(other.hasSuffix("is an SQLite database without tiles: no MBTiles file"))
    for statements in [
      table, table + "INSERT INTO tiles VALUES (0, 0, 0, x'00')",
      table + "INSERT INTO tiles VALUES (-1, 0, 0, x'89504e470d0a1a0a')",
      table + "INSERT INTO tiles VALUES (99, 0, 0, x'89504e470d0a1a0a')",
      table + "INSERT INTO tiles VALUES (NULL, 0, 0, x'89504e470d0a1a0a')",
      // Views that never end, and one whose tiles are too large.
      """
      CREATE VIEW tiles AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
      SELECT x AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'89504e470d0a1a0a' AS tile_data FROM n WHERE x < 0
      """,
      "CREATE VIEW tiles AS SELECT 0 zoom_level, 0 tile_column, 0 tile_row, zeroblob(900000000) tile_data",
    ] {
      #expect(try outcome(statements) != nil, "\(statements)")
    }
    // A writer that was killed leaves its last changes in a log.
    let _: Bool = try Python.run(
      """
      import os, sqlite3, sys
      db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA journal_mode = WAL'); db.executescript(sys.argv[2])
      print('true', flush=True); os._exit(0)
      """, folder.file("live.mbtiles"), table + "INSERT INTO tiles VALUES (0, 0, 0, x'89504e470d0a1a0a')")
    guard case .unsupported(let live) = Self.failure(folder.file("live.mbtiles")) else {
      Issue.record("a log of changes is overlooked")
      return
    }
    #expect(live.hasPrefix("live.mbtiles has changes in live.mbtiles-wal beside it"))
    let noise = folder.file("noise.mbtiles")
    try folder.write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0xA5, count: 5000), to: "noise.mbtiles")
    #expect(throws: TileCacheError.self) { _ = try TileCache.open(noise) }
  }
}
