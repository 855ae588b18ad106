import Datasets
import Foundation
import Testing

@testable import Catalog

@Suite("Statistics")
struct StatisticsTests {
  /// Writes a raster of a gradient with noise, some of it nodata, and prints numpy's statistics and histogram of each band.
  private static let script = """
    import sys, numpy as np
    from osgeo import gdal
    name, dtype, gdt, nodata, bands = sys.argv[1], sys.argv[2], getattr(gdal, sys.argv[3]), sys.argv[4], int(sys.argv[5])
    rng = np.random.default_rng(7)
    d = gdal.GetDriverByName('GTiff').Create(name, 70, 90, bands, gdt, ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=32'])
    d.SetGeoTransform([0, 1, 0, 90, 0, -1]); s = gdal.osr.SpatialReference(); s.ImportFromEPSG(3857)
    d.SetProjection(s.ExportToWkt())
    for band in range(bands):
        a = (np.add.outer(np.arange(90), np.arange(70)) * 1.25 + rng.normal(20, 9, (90, 70)) + band)
        if gdt != gdal.GDT_Byte: a = a * 37.5 - 900
        a = np.clip(a, 0, 255).astype(dtype) if gdt == gdal.GDT_Byte else a.astype(dtype)
        if nodata != '-':
            a[20:40, 10:30] = float(nodata); d.GetRasterBand(band + 1).SetNoDataValue(float(nodata))
        d.GetRasterBand(band + 1).WriteArray(a)
        v = a[a != float(nodata)] if nodata != '-' else a.ravel()
        v = v.astype(np.float64)
        r = (-0.5, 255.5) if gdt == gdal.GDT_Byte else (v.min(), v.max())
        print(*map(repr, map(float, (v.min(), v.max(), v.mean(), v.std()))), *np.histogram(v, 256, r)[0])
    """

  @Test(
    "and histograms are those that numpy computes from the samples that hold data",
    arguments: [
      ("uint8", "GDT_Byte", "-", 3), ("uint8", "GDT_Byte", "99", 1), ("int16", "GDT_Int16", "-32768", 1),
      ("uint32", "GDT_UInt32", "-", 1), ("float32", "GDT_Float32", "-9999", 2), ("float64", "GDT_Float64", "-", 1),
    ])
  func agreesWithNumpy(dtype: String, type: String, nodata: String, bands: Int) throws {
    let folder = try TemporaryFolder()
    let script = dtype == "uint32" ? Self.script.replacing("- 900", with: "+ 900") : Self.script
    try folder.write(script, to: "make.py")
    let lines = try folder.run(
      "/usr/bin/python3", "make.py", folder.file("data/a.tif"), dtype, type, nodata, "\(bands)"
    ).split(separator: "\n")
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    let service = try #require(try store.service(at: "a"))
    let raster = try #require(try store.raster(1, of: service))
    let measured = try store.measurements(of: raster)
    #expect(measured.count == bands)
    for (line, band) in zip(lines, measured) {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      let band = try #require(band)
      #expect(band.statistics.min == numbers[0])
      #expect(band.statistics.max == numbers[1])
      #expect(abs(band.statistics.mean - numbers[2]) <= 1e-9 * abs(numbers[2]))
      #expect(abs(band.statistics.standardDeviation - numbers[3]) <= 1e-9 * numbers[3])
      let counts = numbers[4...].map { Int($0) }
      #expect(band.histogram.counts.reduce(0, +) == counts.reduce(0, +))
      // A value on the edge of two bins, as computed in floating point, may fall to either side.
      let apart = zip(band.histogram.counts, counts).reduce(0) { $0 + abs($1.0 - $1.1) }
      #expect(apart <= (dtype == "uint8" ? 0 : counts.reduce(0, +) / 50))
    }
    #expect(try store.measurements(of: raster) == measured, "kept as measured")
    #expect(try store.histograms(of: service) == measured.map { $0?.histogram })
    for (whole, part) in zip(try store.statistics(of: service), measured) {
      let (whole, part) = (try #require(whole), try #require(part).statistics)
      #expect((whole.min, whole.max, whole.mean) == (part.min, part.max, part.mean))
      #expect(abs(whole.standardDeviation / part.standardDeviation - 1) < 1e-12)
    }
  }

  @Test("of a mosaic are those of its rasters together, weighed by their pixels")
  func mosaic() throws {
    let folder = try TemporaryFolder()
    // 100 pixels of 10 and 300 of 50: mean 40, variance (100 * 30^2 + 300 * 10^2) / 400 = 300.
    try folder.raster("M.ImageServer/a.tif", width: 10, height: 10, burn: 10)
    try folder.raster("M.ImageServer/b.tif", width: 30, height: 10, burn: 50)
    let store = try CatalogStore.open(dataFolder: folder.path)
    let service = try #require(try store.service(at: "M"))
    let statistics = try #require(try store.statistics(of: service)[0])
    #expect(statistics.min == 10)
    #expect(statistics.max == 50)
    #expect(abs(statistics.mean - 40) < 1e-12)
    #expect(abs(statistics.standardDeviation - 300.0.squareRoot()) < 1e-12)
    let histogram = try #require(try store.histograms(of: service)[0])
    #expect((histogram.min, histogram.max) == (-0.5, 255.5))
    #expect(histogram.counts.enumerated().filter { $0.element > 0 }.map(\.offset) == [10, 50])
    #expect((histogram.counts[10], histogram.counts[50]) == (100, 300))
  }

  @Test("of a band without data are none, and of a raster that broke since are an error of that raster only")
  func nothing() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/a.tif", burn: 7)
    try folder.raster("M.ImageServer/b.tif", burn: 9)
    try folder.run(
      "/usr/bin/env", "gdal_translate", "-q", "-a_nodata", "7", "M.ImageServer/a.tif", "Empty.tif")
    let store = try CatalogStore.open(dataFolder: folder.path)
    let empty = try #require(try store.service(at: "Empty"))
    #expect(try store.statistics(of: empty) == [nil])
    #expect(try store.histograms(of: empty) == [nil])
    let service = try #require(try store.service(at: "M"))
    let broken = try #require(try store.raster(1, of: service))
    try folder.write("gone", to: "M.ImageServer/a.tif")
    #expect(throws: CatalogError.self) { try store.measurements(of: broken) }
    #expect(try store.statistics(of: service).map(\.?.mean) == [9])
  }

  @Test("of the widest doubles are finite, also after a restart, of one raster and of two")
  func widest() throws {
    let folder = try TemporaryFolder()
    let (low, high) = (-1.7e308, 1.7e308)
    let script = """
      from osgeo import gdal, osr; import numpy, os; os.makedirs('data/M.ImageServer')
      for name in 'ab':
          d = gdal.GetDriverByName('GTiff').Create(f'data/M.ImageServer/{name}.tif', 2, 1, 1, gdal.GDT_Float64)
          d.SetGeoTransform([0, 1, 0, 1, 0, -1]); s = osr.SpatialReference(); s.ImportFromEPSG(3857)
          d.SetProjection(s.ExportToWkt()); d.GetRasterBand(1).WriteArray(numpy.array([[-1.7e308, 1.7e308]]))
      """
    try folder.run("/usr/bin/python3", "-c", script)
    func check() throws {
      let store = try CatalogStore.open(dataFolder: "\(folder.path)/data", stateFolder: "\(folder.path)/state")
      let service = try #require(try store.service(at: "M"))
      // The deviation's square is beyond the doubles.
      let expected = BandStatistics(min: low, max: high, mean: 0, standardDeviation: 0)
      #expect(try store.statistics(of: service) == [expected])
      let raster = try #require(try store.raster(1, of: service))
      #expect(try store.measurements(of: raster).map { $0?.statistics } == [expected])
      let histogram = try #require(try store.histograms(of: service)[0])
      #expect((histogram.min, histogram.max) == (low, high))
      #expect(histogram.counts == [2] + [Int](repeating: 0, count: 254) + [2])
    }
    try check()
    try check()
    // As a catalog has them whose measurements were no numbers.
    let forget = "import sqlite3; c = sqlite3.connect('state/catalog.sqlite')"
    try folder.run(
      "/usr/bin/python3", "-c",
      forget + "; c.execute('UPDATE band SET mean = NULL, standardDeviation = NULL'); c.commit()")
    try check()
  }

  @Test("read all blocks of a small raster, the coarsest telling overview of a large one, else a lattice of blocks")
  func plan() throws {
    func info(_ levels: [(Int, Int)], block: Int = 256) -> RasterInfo {
      RasterInfo(
        format: "TIFF", compression: "None", bands: 1, pixelType: .u8, noData: [nil], colormap: nil, hasMask: false,
        georeference: Georeference(
          originX: 0, originY: 0, pixelWidth: 1, pixelHeight: 1, spatialReference: .webMercator),
        levels: levels.map {
          RasterInfo.Level(width: $0.0, height: $0.1, blockWidth: block, blockHeight: block)
        }, files: ["a.tif"])
    }
    let small = SamplePlan(for: info([(2000, 2000), (1000, 1000)]))
    #expect(small.level == 0)
    #expect(small.blocks.count == 64, "8 by 8 blocks of 256 cover 2,000 pixels")
    let large = SamplePlan(for: info([(8000, 8000), (4000, 4000), (2000, 2000), (1000, 1000), (500, 500), (250, 250)]))
    #expect(large.level == 4, "500 by 500 is the last with 250,000 pixels")
    let bare = SamplePlan(for: info([(100_000, 50_000)]))
    #expect(bare.level == 0)
    // 4,000,000 / 65,536 = 61 blocks at most, of 391 by 196.
    #expect((40...61).contains(bare.blocks.count))
    #expect(bare.blocks.allSatisfy { $0.column < 391 && $0.row < 196 })
    #expect(Set(bare.blocks.map { "\($0.column) \($0.row)" }).count == bare.blocks.count)
    #expect(SamplePlan(for: info([(100_000, 1)], block: 1_000_000)).blocks.count == 1)
    #expect(SamplePlan(for: info([(4_294_967_295, 4_294_967_295)], block: 65_536)).blocks.count == 1)
  }
}
