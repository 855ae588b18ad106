import Foundation
import Testing

@testable import Tiles

@Suite("Caches of pictures")
struct GDALTests {
  /// Makes tiles of noise as `level_row_column.png` or `.jpg`, and for each what it decodes to as `.npy`.
  private static let maker = """
    import json, os, sys
    import numpy as np
    from osgeo import gdal
    gdal.UseExceptions()
    folder, driver, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
    bands = 4 if driver == 'PNG' else 3
    names = []
    for level in range(last + 1):
        for row in range(2 ** level):
            for column in range(2 ** level):
                rng = np.random.default_rng([level, row, column])
                y, x = np.mgrid[0:256, 0:256]
                picture = np.stack([(x * (b + 1) + y + 40 * rng.integers(0, 6)) % 256 for b in range(bands)])
                if bands == 4: picture[3] = 255
                ds = gdal.GetDriverByName('MEM').Create('', 256, 256, bands)
                for b in range(bands): ds.GetRasterBand(b + 1).WriteArray(picture[b].astype('u1'))
                path = '%s/%d_%d_%d' % (folder, level, row, column)
                gdal.GetDriverByName(driver).CreateCopy(path, ds)
                np.save(path + '.npy', gdal.Open(path).ReadAsArray())
                names.append([level, row, column])
    print(json.dumps(names))
    """

  /// Reads a cache level by level with `load(level)`, and counts the pixels that are not those of its tiles, which another
  /// release of libjpeg may decode in another way: then `decode` says how.
  private static let comparison = """
    def compare(folder, last, load, decode=lambda path: np.load(path + '.npy')):
        wrong = 0
        for level in range(last + 1):
            found = load(level)
            for row in range(2 ** level):
                for column in range(2 ** level):
                    tile = decode('%s/%d_%d_%d' % (folder, level, row, column))
                    part = found[:len(tile), row * 256:(row + 1) * 256, column * 256:(column + 1) * 256]
                    wrong += int((part != tile).sum()) if part.shape == tile.shape else 1
        return wrong

    """

  /// A cache of the whole Earth of GDAL's pictures, levels 0 to 3.
  private static func write(
    _ kind: TilePackage.Kind, _ storage: TileStorage, _ format: TileFormat, in folder: TemporaryFolder
  ) throws -> String {
    let tiles = folder.file("tiles")
    try FileManager.default.createDirectory(atPath: tiles, withIntermediateDirectories: true)
    let names: [[Int]] = try Python.run(maker, tiles, format == .jpeg ? "JPEG" : "PNG", "3")
    let writer = try TilePackage.writer(
      kind, storage: storage, description: .world("Noise", format, levels: 0...3), folder: folder.path, fileStem: "c")
    for name in names {
      try writer.append(
        try folder.bytes("tiles/\(name[0])_\(name[1])_\(name[2])"),
        at: TileAddress(level: name[0], row: name[1], column: name[2]))
    }
    return folder.file(try #require(try writer.finish().first))
  }

  @Test(
    ".tpkx of pictures are read by GDAL 3.10, pixel for pixel", .enabled(if: Python.withReaders != nil),
    arguments: [TileFormat.png32, .jpeg])
  func tpkx(format: TileFormat) throws {
    let folder = try TemporaryFolder()
    let path = try Self.write(.tpkx, .compactV2, format, in: folder)
    let script =
      "import json, sys\nimport numpy as np\nimport rasterio\n" + Self.comparison + """
        path, folder = sys.argv[1:]
        def load(level):
            # The base is level 3; overviews count from the finest.
            options = {} if level == 3 else {'OVERVIEW_LEVEL': 2 - level}
            with rasterio.open(path, **options) as ds:
                assert ds.driver == 'ESRIC' and ds.crs.to_epsg() == 3857
                return ds.read()
        def decode(path):
            with rasterio.open(path) as ds: return ds.read()
        print(json.dumps(compare(folder, 3, load, decode)))
        """
    let wrong: Int = try Python.run(script, path, folder.file("tiles"), by: try #require(Python.withReaders))
    #expect(wrong == 0)
  }

  @Test("as folders are read by GDAL 3.6, pixel for pixel", arguments: [TileFormat.png32, .jpeg])
  func cacheDataset(format: TileFormat) throws {
    let folder = try TemporaryFolder()
    let path = try Self.write(.cacheDataset, .compactV2, format, in: folder)
    let script =
      "import json, sys\nimport numpy as np\nfrom osgeo import gdal\ngdal.UseExceptions()\n" + Self.comparison + """
        path, folder = sys.argv[1:]
        ds = gdal.Open(path + '/conf.xml')
        assert ds.GetDriver().ShortName == 'ESRIC'
        def load(level):
            bands = [ds.GetRasterBand(b + 1) for b in range(ds.RasterCount)]
            if level < 3: bands = [b.GetOverview(2 - level) for b in bands]
            return np.stack([b.ReadAsArray() for b in bands])
        print(json.dumps(compare(folder, 3, load)))
        """
    let wrong: Int = try Python.run(script, path, folder.file("tiles"))
    #expect(wrong == 0)
  }
}
