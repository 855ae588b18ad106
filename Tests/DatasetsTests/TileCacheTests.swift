import Foundation
import Pixels
import Spatial
import Testing
import Tiles

@testable import Datasets

@Suite("Tile packages as rasters")
struct TileCacheTests {
  /// Web Mercator of levels 0 to 5, and the tiles 3 to 6 by 9 to 11 of level 4: an extent that starts within tiles of
  /// coarser levels.
  private static func description(_ format: TileFormat) -> TileCacheDescription {
    let scheme = TilingScheme.webMercator
    let tiles =
      scheme.envelope(of: TileRange(level: 4, rows: 9..<12, columns: 3..<7))
      ?? Envelope(
        xmin: 0, ymin: 0, xmax: 0, ymax: 0)
    let extent = Envelope(
      xmin: tiles.xmin + 1000, ymin: tiles.ymin + 1000, xmax: tiles.xmax - 1000, ymax: tiles.ymax - 1000)
    return TileCacheDescription(
      name: "c", scheme: scheme, format: format, minLOD: 0, maxLOD: 4, fullExtent: extent,
      geographicExtent: Envelope(xmin: -110, ymin: -60, xmax: -22, ymax: -20))
  }

  /// Makes tiles of every kind of PNG and JPEG that meet the extent, as `level_row_column.tile`; of each level the whole map as
  /// `level.rgb` and, 0 or 255, `level.mask`. One tile of level 4 is missing.
  private static let maker = """
    import os
    def save(driver, bands, kind=gdal.GDT_Byte, palette=None, interpretation=None, options=()):
        ds = gdal.GetDriverByName('MEM').Create('', 256, 256, len(bands), kind)
        for i, b in enumerate(bands):
            ds.GetRasterBand(i + 1).WriteArray(b)
            if interpretation: ds.GetRasterBand(i + 1).SetColorInterpretation(interpretation[i])
        if palette is not None:
            table = gdal.ColorTable()
            for i, c in enumerate(palette): table.SetColorEntry(i, tuple(int(v) for v in c))
            ds.GetRasterBand(1).SetColorTable(table)
            ds.GetRasterBand(1).SetColorInterpretation(gdal.GCI_PaletteIndex)
        gdal.GetDriverByName(driver).CreateCopy('made', ds, options=list(options))

    kinds = 0
    for level in range(5):
        size = 256 << level
        rgb, mask = np.zeros((size, size, 3), 'u1'), np.zeros((size, size), 'u1')
        shift = 4 - level
        for row in range(9 >> shift, (11 >> shift) + 1):
            for column in range(3 >> shift, (6 >> shift) + 1):
                if (level, row, column) == (4, 10, 4): continue
                colours = rng.integers(0, 256, (3, 256, 256)).astype('u1')
                alpha = np.where(rng.integers(0, 3, (256, 256)) == 0, 0, 200).astype('u1')
                opaque = np.full((256, 256), 255, 'u1')
                kind, kinds = kinds % 8, kinds + 1
                if kind == 0:
                    save('PNG', [*colours, alpha])
                elif kind == 1:
                    save('PNG', colours); alpha = opaque
                elif kind == 2:
                    palette = rng.integers(0, 256, (16, 4)); palette[:, 3] = 255; palette[5, 3] = 0
                    index = rng.integers(0, 16, (256, 256)).astype('u1')
                    save('PNG', [index], palette=palette)
                    colours, alpha = palette[index][..., :3].transpose(2, 0, 1), np.where(index == 5, 0, 255)
                elif kind == 3:
                    save('PNG', colours[:1]); colours, alpha = np.repeat(colours[:1], 3, 0), opaque
                elif kind == 4:
                    save('PNG', [colours[0], alpha], interpretation=[gdal.GCI_GrayIndex, gdal.GCI_AlphaBand])
                    colours = np.repeat(colours[:1], 3, 0)
                elif kind == 5:
                    wide = rng.integers(0, 65536, (3, 256, 256)).astype('u2')
                    save('PNG', wide, gdal.GDT_UInt16); colours, alpha = wide >> 8, opaque
                elif kind == 6:
                    bits = rng.integers(0, 2, (256, 256)).astype('u1')
                    save('PNG', [bits], options=['NBITS=1']); colours, alpha = np.repeat(bits[None] * 255, 3, 0), opaque
                else:
                    save('JPEG', smooth(3, 256, 256).clip(0, 255).astype('u1'))
                    colours, alpha = gdal.Open('made').ReadAsArray(), opaque
                os.rename('made', '%d_%d_%d.tile' % (level, row, column))
                part = np.s_[row * 256:(row + 1) * 256, column * 256:(column + 1) * 256]
                rgb[part], mask[part] = np.asarray(colours).transpose(1, 2, 0), np.where(np.asarray(alpha) == 0, 0, 255)
        rgb.tofile('%d.rgb' % level); mask.tofile('%d.mask' % level)

    """

  /// Writes a package of the tiles in a folder.
  private static func package(
    _ kind: TilePackage.Kind, _ storage: TileStorage, _ description: TileCacheDescription, in folder: TemporaryFolder
  ) throws -> String {
    let writer = try TilePackage.writer(
      kind, storage: storage, description: description, folder: folder.path, fileStem: "c")
    let tiles = try folder.names(ending: ".tile").map { name in
      let numbers = name.dropLast(5).split(separator: "_").compactMap { Int($0) }
      return TileAddress(level: numbers[0], row: numbers[1], column: numbers[2])
    }
    for tile in tiles.sorted(by: { $0.level < $1.level }) {
      try writer.append(try folder.bytes("\(tile.level)_\(tile.row)_\(tile.column).tile"), at: tile)
    }
    return folder.file(try #require(try writer.finish().first))
  }

  @Test(
    "have the pixels of their tiles on every level, whatever the tiles' kind",
    arguments: [(TilePackage.Kind.tpkx, TileStorage.compactV2), (.tpk, .compact)])
  func pictures(kind: TilePackage.Kind, storage: TileStorage) throws {
    let folder = try TemporaryFolder()
    try GDAL.run(in: folder, Self.maker)
    let dataset = try RasterFile.open(try Self.package(kind, storage, Self.description(.mixed), in: folder))
    let info = dataset.info
    #expect(info.format == "Cache" && info.bands == 3 && info.pixelType == .u8 && info.hasMask)
    // 4 x 3 tiles at level 4; two halvings make one tile of them, in columns.
    #expect(info.levels.map { [$0.width, $0.height] } == [[1024, 768], [512, 384], [256, 192]])
    // Tile 3 / 9 of level 4: 256 * 9783.93962 m a tile.
    #expect(abs(info.georeference.originX - (-20_037_508.342787 + 3 * 256 * 9783.93962049996)) < 1e-3)
    #expect(abs(info.georeference.originY - (20_037_508.342787 - 9 * 256 * 9783.93962049996)) < 1e-3)
    let reader = RasterReader(cache: BlockCache())
    for (index, level) in info.levels.enumerated() {
      let lod = 4 - index
      let (rgb, mask) = (try folder.bytes("\(lod).rgb"), try folder.bytes("\(lod).mask"))
      let (x, y, side) = ((3 * 256) >> index, (9 * 256) >> index, 256 << lod)
      let block = try reader.read(
        PixelWindow(x: 0, y: 0, width: level.width, height: level.height), level: index, of: dataset)
      let found = block.pixelMask ?? [UInt8](repeating: 255, count: level.width * level.height)
      var wrong = 0
      for row in 0..<level.height {
        for column in 0..<level.width {
          let (here, there) = (row * level.width + column, (y + row) * side + x + column)
          if found[here] != mask[there] { wrong += 1 }
          guard mask[there] != 0 else { continue }
          for band in 0..<3 where block.samples[3 * here + band] != rgb[3 * there + band] { wrong += 1 }
        }
      }
      #expect(wrong == 0, "level \(lod)")
    }
  }

  @Test("of LERC have values of the tiles' own type, and of elevations the corners that belong to a tile")
  func lerc() throws {
    let folder = try TemporaryFolder()
    // MRF keeps one LERC blob a tile, here one in all.
    try GDAL.run(
      in: folder,
      """
      values = smooth(1, 257, 257, 1000).astype('f4')
      values[0, 40:60, 50:70] = -9999
      for size, row in ((257, 9), (256, 10)):
          ds = gdal.GetDriverByName('MEM').Create('', size, size, 1, gdal.GDT_Float32)
          ds.GetRasterBand(1).WriteArray(values[0, :size, :size])
          ds.GetRasterBand(1).SetNoDataValue(-9999)
          gdal.GetDriverByName('MRF').CreateCopy('made.mrf', ds, options=['COMPRESS=LERC', 'BLOCKSIZE=%d' % size, 'OPTIONS=LERC_PREC=0'])
          import os
          os.rename('made.lrc', '4_%d_3.tile' % row)
      values[0, :256, :256].tofile('expected')
      """)
    let dataset = try RasterFile.open(try Self.package(.tpkx, .compactV2, Self.description(.lerc), in: folder))
    #expect(dataset.info.pixelType == .f32 && dataset.info.bands == 1 && dataset.info.compression == "LERC")
    let expected = try folder.bytes("expected").withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    for row in 0...1 {
      let block = try dataset.readBlock(level: 0, column: 0, row: row)
      let mask = block.pixelMask ?? []
      let values = block.withSamples(as: Float.self) { Array($0) }
      #expect(zip(mask, expected).allSatisfy { ($0 != 0) == ($1 != -9999) })
      #expect(zip(values, expected).allSatisfy { $1 == -9999 || $0 == $1 })
    }
    guard case .none = try dataset.readBlock(level: 0, column: 1, row: 0).validity else {
      Issue.record("a missing tile holds data")
      return
    }
  }

  @Test("in MBTiles have the pixels that GDAL reads") func mbtiles() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      web = osr.SpatialReference(); web.ImportFromEPSG(3857)
      ds = source(smooth(3, 500, 700).clip(0, 255).astype('u1'), reference=web)
      ds.SetGeoTransform([1e6, 611.49622628138, 0, 6e6, 0, -611.49622628138])
      gdal.GetDriverByName('MBTiles').CreateCopy('m.mbtiles', ds, options=['TILE_FORMAT=PNG'])
      out = gdal.Open('m.mbtiles', gdal.GA_Update); out.BuildOverviews('AVERAGE', [2]); out = None
      out = gdal.Open('m.mbtiles')
      np.array([*out.GetGeoTransform(), out.RasterXSize, out.RasterYSize]).tofile('place')
      out.ReadAsArray().transpose(1, 2, 0).astype('u1').tofile('pixels')
      """)
    let dataset = try RasterFile.open(folder.file("m.mbtiles"))
    let place = try folder.bytes("place").withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    let georeference = dataset.info.georeference
    let (width, height) = (Int(place[6]), Int(place[7]))
    let x = Int(((place[0] - georeference.originX) / georeference.pixelWidth).rounded())
    let y = Int(((georeference.originY - place[3]) / georeference.pixelHeight).rounded())
    #expect(abs(georeference.pixelWidth / place[1] - 1) < 1e-6 && dataset.info.levels.count == 2)
    let block = try RasterReader(cache: BlockCache()).read(
      PixelWindow(x: x, y: y, width: width, height: height), level: 0, of: dataset)
    let pixels = try folder.bytes("pixels")
    let bands = pixels.count / (width * height)
    let mask = block.pixelMask ?? [UInt8](repeating: 255, count: width * height)
    var (wrong, compared) = (0, 0)
    for pixel in 0..<(width * height) where mask[pixel] != 0 {
      compared += 1
      for band in 0..<3 where block.samples[pixel * 3 + band] != pixels[pixel * bands + band] { wrong += 1 }
    }
    #expect(wrong == 0 && compared >= 340_000)
  }

  @Test("of a large grid begin where pixels of the coarsest level do, and stay near the data") func largeGrid() throws {
    let scheme = TilingScheme.webMercator
    let tiles = TileRange(level: 18, rows: 100_001..<101_500, columns: 77_777..<78_888)
    let description = TileCacheDescription(
      name: "c", scheme: scheme, format: .png, minLOD: 0, maxLOD: 18,
      fullExtent: try #require(scheme.envelope(of: tiles)),
      geographicExtent: Envelope(xmin: 0, ymin: 0, xmax: 1, ymax: 1))
    let grid = try TileGrid(description, name: "c")
    // 1499 tiles are one after 11 halvings; 2048 pixels are 8 tiles: from 77776 to 78888, from 100000 to 101504.
    #expect(grid.levels.map(\.lod) == Array((7...18).reversed()))
    #expect(
      grid.levels[0]
        == TileGrid.Level(lod: 18, x: 77_776 * 256, y: 100_000 * 256, width: 1112 * 256, height: 1504 * 256))
    #expect(grid.levels[11] == TileGrid.Level(lod: 7, x: 9722, y: 12_500, width: 139, height: 188))
  }

  @Test("of vector tiles, and with damaged tiles, say so") func refused() throws {
    let folder = try TemporaryFolder()
    let vector = try VectorPackageWriter(
      description: Self.description(.pbf), folder: folder.path, fileStem: "v",
      members: [
        PackageMember(
          "p12/root.json",
          Array(
            """
            {"tileInfo": {"rows": 512, "cols": 512, "format": "pbf", "origin": {"x": 0, "y": 0}, "spatialReference":
            {"wkid": 102100}, "lods": [{"level": 0, "resolution": 1}]}, "fullExtent": {"xmin": 0, "ymin": -1, "xmax": 1, "ymax": 0}}
            """.utf8))
      ])
    _ = try vector.finish()
    #expect(
      throws: RasterError.unsupported("v.vtpk has vector tiles: it is no raster, but can be a vector tile service")
    ) { _ = try RasterFile.open(folder.file("v.vtpk")) }
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], to: "4_9_3.tile")
    let dataset = try RasterFile.open(try Self.package(.tpkx, .compactV2, Self.description(.png), in: folder))
    #expect(throws: RasterError.damaged("c.tpkx has a damaged tile 4/9/3, or one of another kind")) {
      _ = try dataset.readBlock(level: 0, column: 0, row: 0)
    }
  }
}
