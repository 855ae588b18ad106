import Datasets
import Foundation
import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("Overviews built for a raster")
struct OverviewTests {
  /// The level above another in numpy: means of the valid ones of two by two pixels, halves away from zero.
  static let script = """
    def halve(a, valid):
        h, w = a.shape[1:]
        p = ((0, 0), (0, h % 2), (0, w % 2))
        a, valid = np.pad(a.astype(float), p), np.pad(valid.astype(float), p)
        fold = lambda x: x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        n = fold(valid)
        return np.where(n > 0, fold(a * valid) / np.maximum(n, 1), 0), n > 0
    def pyramid(a, valid, levels, whole=True):
        for level in range(1, levels):
            a, valid = halve(a, valid)
            if whole: a = np.floor(a + 0.5)
            raw('level%d.raw' % level, a)
            raw('valid%d.raw' % level, valid)

    """

  @Test("Rasters of more than 4096 x 4096 pixels need overviews, if they have none")
  func need() {
    var info = MemoryRaster(width: 1, height: 1, value: 0, name: "a").info
    for (side, isNeeded) in [(4096, false), (4097, true)] {
      info.levels = [RasterInfo.Level(width: side, height: side, blockWidth: 256, blockHeight: 256)]
      #expect(OverviewBuilder.isNeeded(for: info) == isNeeded)
      info.levels.append(RasterInfo.Level(width: side / 2, height: side / 2, blockWidth: 256, blockHeight: 256))
      #expect(!OverviewBuilder.isNeeded(for: info))
    }
  }

  @Test("Rasters of pixels above 64 bytes go without")
  func manyBands() {
    var info = MemoryRaster(width: 1, height: 1, value: 0, name: "a").info
    info.levels = [RasterInfo.Level(width: 5000, height: 5000, blockWidth: 256, blockHeight: 256)]
    info.pixelType = .f64
    for (bands, isNeeded) in [(8, true), (9, false), (65_535, false)] {
      info.bands = bands
      #expect(OverviewBuilder.isNeeded(for: info) == isNeeded)
    }
  }

  private func check(_ workshop: Workshop, levels: Int, allowed: Double = 0) throws {
    let base = try workshop.open("a.tif")
    let builder = OverviewBuilder(base)
    let path = workshop.folder.appendingPathComponent("a.overviews.tif").path
    #expect(try builder.build(at: path))
    let pyramid = try PyramidDataset(base, overviewsAt: path)
    #expect(pyramid.info.levels.count == levels)
    #expect(!OverviewBuilder.isNeeded(for: pyramid.info))
    for level in 1..<levels {
      let size = pyramid.info.levels[level]
      let block = try RasterReader(cache: workshop.cache).read(
        PixelWindow(x: 0, y: 0, width: size.width, height: size.height), level: level, of: pyramid)
      let expected = try workshop.numbers("level\(level).raw")
      let valid = try workshop.numbers("valid\(level).raw")
      #expect(block.sampleMask == valid.map { $0 != 0 }, "level \(level)")
      let numbers = block.numbers
      let wrong = numbers.indices.filter { valid[$0] != 0 && abs(numbers[$0] - expected[$0]) > allowed }
      #expect(wrong.isEmpty, "level \(level)")
    }
  }

  @Test("are means of two by two pixels, level upon level")
  func bytes() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = smooth(3, 301, 1101, np.uint8, 0, 255)
        write('a.tif', a, (0, 0, 1101, 301), 'EPSG:31985')
        pyramid(a, np.ones(a.shape), 4)
        """)
    try check(workshop, levels: 4)
  }

  @Test("leave pixels without data out")
  func noData() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = smooth(1, 40, 1030, np.int16, 1, 9000)
        a[np.random.rand(*a.shape) < 0.5] = -7
        write('a.tif', a, (0, 0, 1030, 40), 'EPSG:3857', nodata=-7)
        pyramid(a, a != -7, 4)
        """)
    try check(workshop, levels: 4)
  }

  @Test("are data where a mean is the nodata value", arguments: ["np.float32", "np.float64", "np.uint8"])
  func meanOfNoData(_ type: String) throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = np.array([[1, 3, 2, 2], [1, 3, 2, 2]], \(type))
        write('a.tif', a, (0, 0, 4, 2), 'EPSG:3857', nodata=2)
        pyramid(a[None], a[None] != 2, 2)
        """)
    // The value next to 2: 3 among whole numbers.
    try check(workshop, levels: 2, allowed: type == "np.uint8" ? 1 : 1e-6)
  }

  @Test("close the file that they are written to")
  func descriptors() throws {
    let workshop = try Workshop()
    let path = workshop.folder.appendingPathComponent("a.tif").path
    #expect(try OverviewBuilder(MemoryRaster(width: 20, height: 20, value: 9, name: "a")).build(at: path))
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { name in
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
    }
    #expect(!open.isEmpty)
    #expect(!open.contains { $0.hasPrefix(path) })
  }

  @Test("leave masked pixels out")
  func mask() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = smooth(2, 1030, 33, np.float32, 0, 1)
        mask = np.where(np.random.rand(1030, 33) < 0.4, 0, 255).astype(np.uint8)
        write('a.tif', a, (-80, -40, -79, 40), 'EPSG:4326', mask=mask)
        pyramid(a, np.stack([mask, mask]) != 0, 4, whole=False)
        """)
    try check(workshop, levels: 4, allowed: 1e-6)
  }

  @Test("of a palette are single pixels, not means")
  func palette() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = np.random.randint(0, 4, (1, 20, 1100)).astype(np.uint8)
        write('a.tif', a, (0, 0, 1100, 20), 'ESRI:102009', palette=[(i, i, i, 255) for i in range(256)])
        for level in range(1, 4):
            a = a[:, ::2, ::2]
            raw('level%d.raw' % level, a)
            raw('valid%d.raw' % level, np.ones(a.shape))
        """)
    try check(workshop, levels: 4)
  }

  @Test("leave nothing behind when they are not wanted any more")
  func cancellation() throws {
    let workshop = try Workshop()
    let raster = MemoryRaster(width: 1100, height: 16, value: 9, name: "a")
    let path = workshop.folder.appendingPathComponent("a.tif").path
    #expect(try OverviewBuilder(raster).build(at: path, isCancelled: { true }) == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path).isEmpty)
  }
}
