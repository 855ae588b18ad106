import Caching
import Glibc
import Pixels
import Locking
import Testing

@testable import Datasets

@Suite("Windows and the block cache")
struct RasterReaderTests {
  /// Blocks whose samples tell their place: band + 10 * column + row of the level. The lowest rows hold no data in band 1.
  private final class Ramp: RasterDataset {
    let info: RasterInfo
    let identity: String
    let decoded = Locked(0)
    private let delay: UInt32

    init(identity: String = "ramp", delay: UInt32 = 0) {
      self.identity = identity
      self.delay = delay
      info = RasterInfo(
        format: "TIFF", compression: "None", bands: 3, pixelType: .u16, noData: [nil, nil, nil], colormap: nil,
        hasMask: true,
        georeference: Georeference(originX: 0, originY: 0, pixelWidth: 1, pixelHeight: 1, spatialReference: .wgs84),
        levels: [RasterInfo.Level(width: 100, height: 70, blockWidth: 32, blockHeight: 16)], files: ["ramp.tif"])
    }

    static func sample(_ x: Int, _ y: Int, _ band: Int) -> Double { Double(band + 10 * x + 5 * y) }
    static func isData(_ x: Int, _ y: Int, _ band: Int) -> Bool {
      guard (0..<100).contains(x), (0..<70).contains(y) else { return false }
      if y >= 64 { return band != 1 }
      return !(32..<64).contains(x) || !(16..<32).contains(y) || (x + y) % 2 == 0
    }

    func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
      decoded.withLock { $0 += 1 }
      if delay > 0 { usleep(delay) }
      let area = try info.area(level: level, column: column, row: row)
      var samples: [UInt8] = []
      var mask: [UInt8] = []
      for y in area.y..<(area.y + area.height) {
        for x in area.x..<(area.x + area.width) {
          for band in 0..<3 {
            samples += ByteOrder.host.bytes(UInt16(Self.sample(x, y, band)))
            mask.append(Self.isData(x, y, band) ? 255 : 0)
          }
        }
      }
      return PixelBlock(
        width: area.width, height: area.height, bands: 3, pixelType: .u16, samples: samples,
        validity: PixelBlock.Validity.samples(mask).collapsed(bands: 3))
    }
  }

  @Test(
    "A window holds the samples under it, of the bands wanted; outside of the raster there is no data",
    arguments: [
      PixelWindow(x: 0, y: 0, width: 100, height: 70), PixelWindow(x: 3, y: 5, width: 20, height: 9),
      PixelWindow(x: 30, y: 10, width: 5, height: 30), PixelWindow(x: -7, y: -9, width: 50, height: 40),
      PixelWindow(x: 90, y: 60, width: 30, height: 30), PixelWindow(x: -5, y: 60, width: 200, height: 4),
      PixelWindow(x: 200, y: 0, width: 3, height: 3), PixelWindow(x: 40, y: 20, width: 1, height: 1),
    ])
  func windows(window: PixelWindow) throws {
    let reader = RasterReader(cache: BlockCache())
    for bands in [nil, [0], [1], [2, 0], [1, 1, 0, 2]] as [[Int]?] {
      let block = try reader.read(window, of: Ramp(), bands: bands)
      let chosen = bands ?? [0, 1, 2]
      #expect(block.width == window.width && block.height == window.height && block.bands == chosen.count)
      let values = block.values
      let mask = block.sampleMask
      for row in 0..<window.height {
        for column in 0..<window.width {
          for (index, band) in chosen.enumerated() {
            let at = (row * window.width + column) * chosen.count + index
            let (x, y) = (window.x + column, window.y + row)
            try #require((mask[at] != 0) == Ramp.isData(x, y, band), "\(x) \(y) \(band)")
            if mask[at] != 0 { try #require(values[at] == Ramp.sample(x, y, band)) }
          }
        }
      }
    }
  }

  @Test("Levels and bands that a raster doesn't have are refused")
  func missing() {
    let reader = RasterReader(cache: BlockCache())
    let window = PixelWindow(x: 0, y: 0, width: 2, height: 2)
    #expect(throws: RasterError.self) { try reader.read(window, level: 1, of: Ramp()) }
    #expect(throws: RasterError.self) { try reader.read(window, of: Ramp(), bands: [3]) }
    #expect(throws: RasterError.self) { try BlockCache().block(of: Ramp(), level: 0, column: 4, row: 0) }
  }

  @Test("A block is decoded once, however many threads ask for it at the same time")
  func singleFlight() async throws {
    let ramp = Ramp(delay: 50_000)
    let cache = BlockCache()
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (try? cache.block(of: ramp, level: 0, column: 1, row: 1)) != nil }
      }
      for await succeeded in group { #expect(succeeded) }
    }
    #expect(ramp.decoded.withLock { $0 } == 1)
  }

  @Test("The cache stays within its bound and keeps what was used last")
  func bound() throws {
    // A block has 32 * 16 * 3 * 2 = 3072 bytes of samples and 256 for its entry: ten fit.
    let cache = BlockCache(capacity: 33_280)
    let ramp = Ramp()
    for round in 0..<3 {
      for row in 0..<4 {
        for column in 0..<3 {
          _ = try cache.block(of: ramp, level: 0, column: column, row: row)
          _ = try cache.block(of: Ramp(identity: "\(round)"), level: 0, column: column, row: row)
          #expect(cache.byteCount <= cache.capacity)
        }
      }
    }
    #expect(cache.byteCount > cache.capacity / 2)
    let before = ramp.decoded.withLock { $0 }
    _ = try cache.block(of: ramp, level: 0, column: 2, row: 3)
    _ = try cache.block(of: ramp, level: 0, column: 2, row: 3)
    #expect(ramp.decoded.withLock { $0 } - before <= 1)
    let none = BlockCache(capacity: 0)
    _ = try none.block(of: ramp, level: 0, column: 0, row: 0)
    #expect(none.byteCount == 0)
  }

  @Test("The list of last uses gives up its oldest key first")
  func order() {
    var list = LRUList<String, Int>()
    for (index, key) in ["a", "b", "c", "d"].enumerated() { list.insert(index, for: key) }
    #expect(list.use("a") == 0)
    #expect(list.insert(9, for: "b") == 1)
    #expect(list.removeOldest()?.key == "c")
    #expect(list.removeOldest()?.key == "d")
    list.insert(5, for: "e")
    #expect(list.removeOldest()?.key == "a")
    #expect(list.removeOldest()?.value == 9)
    #expect(list.removeOldest()?.key == "e")
    #expect(list.removeOldest() == nil)
    #expect(list.use("e") == nil)
    #expect(list.count == 0)
  }

  @Test("A pool opens any number of rasters and keeps a bounded number of them open")
  func pool() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      "for i in range(12): gdal.GetDriverByName('GTiff').CreateCopy('%d.tif' % i, source(np.full((4, 4), i)))")
    let pool = DatasetPool(limit: 5)
    for index in 0..<36 {
      let dataset = try pool.dataset(at: folder.file("\(index % 12).tif"))
      #expect(try dataset.readBlock(level: 0, column: 0, row: 0).samples[0] == UInt8(index % 12))
      #expect(pool.count <= 5)
    }
    #expect(throws: RasterError.self) { try pool.dataset(at: folder.file("none.tif")) }
  }

  @Test("A pool lets go of the older half of its rasters where too many files are open for another one")
  func exhaustion() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(in: folder, "gdal.GetDriverByName('GTiff').CreateCopy('a.tif', source(np.full((4, 4), 1)))")
    let dataset = try RasterFile.open(folder.file("a.tif"))
    let asked = Locked<[String]>([])
    // The first try of the seventh raster fails, and every one of "full".
    let pool = DatasetPool(limit: 9) { (path) throws(RasterError) in
      let tries = asked.withLock { asked in
        asked.append(path)
        return asked.count
      }
      if tries == 7 || path == "full" { throw .exhausted(path) }
      return dataset
    }
    for path in ["1", "2", "3", "4", "5", "6"] { _ = try pool.dataset(at: path) }
    _ = try pool.dataset(at: "7")
    #expect(pool.count == 4)
    for path in ["4", "5", "6", "7"] { _ = try pool.dataset(at: path) }
    #expect(asked.withLock { $0 } == ["1", "2", "3", "4", "5", "6", "7", "7"])
    #expect(throws: RasterError.exhausted("full")) { try pool.dataset(at: "full") }
    #expect(pool.count == 2)
  }
}
