import Datasets
import Pixels
import Spatial
import Locking
import Testing

@testable import Warp

@Suite("Overlapping rasters")
struct MosaicTests {
  /// Three rasters of one row: 10 at columns 0 ..< 4, 40 at 2 ..< 6 with a hole at 3, 25 at 3 ..< 8.
  static let rasters = [
    MemoryRaster(width: 4, height: 1, value: 10, name: "a"),
    MemoryRaster(width: 4, height: 1, value: 40, x: 2, name: "b", validity: .pixels([255, 0, 255, 255])),
    MemoryRaster(width: 5, height: 1, value: 25, x: 3, name: "c"),
  ]
  static let grid = TargetGrid(
    width: 9, height: 1, envelope: Envelope(xmin: 0, ymin: 0, xmax: 9, ymax: 1), spatialReference: .webMercator)

  @Test(
    "are folded by the operation",
    arguments: [
      (MosaicOperation.first, [10, 10, 10, 10, 40, 40, 25, 25]), (.last, [10, 10, 40, 25, 25, 25, 25, 25]),
      (.min, [10, 10, 10, 10, 25, 25, 25, 25]), (.max, [10, 10, 40, 25, 40, 40, 25, 25]),
      // (10 + 40) / 2, (10 + 25) / 2 = 17.5 rounded away from zero, (40 + 25) / 2 = 32.5.
      (.mean, [10, 10, 25, 18, 33, 33, 25, 25]), (.sum, [10, 10, 50, 35, 65, 65, 25, 25]),
    ])
  func operations(_ operation: MosaicOperation, _ expected: [Double]) throws {
    let plan = RenderPlan(
      grid: Self.grid, sources: Self.rasters.map { RenderSource($0) }, operation: operation, pixelType: .u8, bands: 1)
    let block = try plan.render(through: BlockCache(capacity: 0)).block
    #expect(block.numbers == expected + [0])
    #expect(block.pixels == Array(repeating: true, count: 8) + [false])
  }

  @Test("sum up to the end of the pixel type")
  func saturation() throws {
    let sources = [200, 100].map { RenderSource(MemoryRaster(width: 1, height: 1, value: $0, name: "\($0)")) }
    let grid = TargetGrid(
      width: 1, height: 1, envelope: Envelope(xmin: 0, ymin: 0, xmax: 1, ymax: 1), spatialReference: .webMercator)
    var plan = RenderPlan(grid: grid, sources: sources, operation: .sum, pixelType: .u8, bands: 1)
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == [255])
    plan.pixelType = .u16
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == [300])
  }

  @Test("are blended by the distance to their edges")
  func blend() throws {
    // Ten by ten pixels of 0 at columns 0 ..< 10 and of 100 at 5 ..< 15. In the middle row the nearest edge of the
    // pixel at column 7 is 2.5 pixels away in the first raster (its east) and in the second (its west) as well: 50.
    // Column 5: 4.5 and 0.5, so 100 * 0.5 / 5 = 10; column 9: 0.5 and 4.5, so 90.
    let sources = [
      RenderSource(MemoryRaster(width: 10, height: 10, value: 0, name: "a")),
      RenderSource(MemoryRaster(width: 10, height: 10, value: 100, x: 5, name: "b")),
    ]
    let grid = TargetGrid(
      width: 15, height: 10, envelope: Envelope(xmin: 0, ymin: 0, xmax: 15, ymax: 10), spatialReference: .webMercator)
    let plan = RenderPlan(grid: grid, sources: sources, operation: .blend, pixelType: .u8, bands: 1)
    let block = try plan.render(through: BlockCache(capacity: 0)).block
    let middle = Array(block.numbers[5 * 15..<6 * 15])
    #expect(middle == [0, 0, 0, 0, 0, 10, 30, 50, 70, 90, 100, 100, 100, 100, 100])
    #expect(block.validity == .all)
  }

  @Test("of several references and pixel types make one picture")
  func mixture() throws {
    // A raster in degrees under one in Web Mercator whose eastern half holds no data.
    let degrees = MemoryRaster(
      width: 4, height: 4, bands: 1, pixelType: .s16,
      samples: [Int16](repeating: 300, count: 16).flatMap { withUnsafeBytes(of: $0, Array.init) }, reference: .wgs84)
    let metres = MemoryRaster(
      width: 2, height: 1, value: 7, x: 111_320, y: 111_325, name: "metres", validity: .pixels([255, 0]))
    let grid = TargetGrid(
      width: 4, height: 1, envelope: Envelope(xmin: 111_320, ymin: 111_325, xmax: 111_324, ymax: 111_326),
      spatialReference: .webMercator)
    let plan = RenderPlan(
      grid: grid, sources: [RenderSource(metres), RenderSource(degrees)], pixelType: .f32, bands: 1)
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == [7, 300, 300, 300])
  }

  @Test("that are hidden are never opened")
  func laziness() throws {
    let opened = Locked<[String]>([])
    let sources = (0..<20).map { index in
      let raster = MemoryRaster(width: 9, height: 1, value: UInt8(index), name: "\(index)")
      return RenderSource(name: raster.identity, envelope: Self.grid.envelope) { () throws(RasterError) in
        opened.withLock { $0.append(raster.identity) }
        return raster
      }
    }
    var plan = RenderPlan(grid: Self.grid, sources: sources, pixelType: .u8, bands: 1)
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == Array(repeating: 0, count: 9))
    #expect(opened.withLock { $0 } == ["0"])
    plan.operation = .last
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == Array(repeating: 19, count: 9))
    #expect(opened.withLock { $0 } == ["0", "19"])
    plan.operation = .mean
    #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == Array(repeating: 10, count: 9))
  }

  @Test("that lie beside the picture are never opened")
  func beside() throws {
    let source = RenderSource(name: "far", envelope: Envelope(xmin: 100, ymin: 0, xmax: 200, ymax: 9)) {
      () throws(RasterError) in throw .unreadable("opened")
    }
    let rendering = try RenderPlan(grid: Self.grid, sources: [source], pixelType: .u8, bands: 1)
      .render(through: BlockCache(capacity: 0))
    #expect(rendering.block.validity == .none)
    #expect(rendering.warnings.isEmpty)
  }

  @Test("that can't be opened, or read in part, leave a warning and the rest is drawn")
  func damage() throws {
    var torn = MemoryRaster(width: 32, height: 16, value: 8, name: "torn.tif")
    torn.damaged = [1]
    let lost = RenderSource(name: "lost.tif", envelope: nil) { () throws(RasterError) in throw .unreadable("is gone") }
    let plan = RenderPlan(grid: torn.grid, sources: [lost, RenderSource(torn)], pixelType: .u8, bands: 1)
    let rendering = try plan.render(through: BlockCache(capacity: 0))
    #expect(rendering.block.pixels == (0..<16).flatMap { _ in (0..<32).map { $0 < 16 } })
    #expect(
      rendering.warnings == [
        .init(source: "lost.tif", reason: "is gone"), .init(source: "torn.tif", reason: "block 1, 0 is torn"),
      ])
  }

  @Test("give no picture when the caller has gone")
  func cancellation() throws {
    let plan = RenderPlan(
      grid: Self.grid, sources: Self.rasters.map { RenderSource($0) }, pixelType: .u8, bands: 1)
    #expect(throws: RenderError.cancelled) {
      try plan.render(through: BlockCache(capacity: 0), isCancelled: { true })
    }
    var large = plan
    large.grid.width = 2000
    large.grid.height = 700
    #expect(throws: RenderError.cancelled) {
      try large.render(through: BlockCache(capacity: 0), isCancelled: { true })
    }
  }

  @Test("make the same picture in parts by several threads as in one")
  func parts() throws {
    let samples = (0..<60 * 40).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let mask = (0..<60 * 40).map { $0 % 7 == 0 ? UInt8(0) : 255 }
    let raster = MemoryRaster(
      width: 60, height: 40, bands: 1, pixelType: .u8, samples: samples, validity: .pixels(mask))
    var grid = raster.grid
    grid.width = 1200
    grid.height = 800
    let plan = RenderPlan(grid: grid, sources: [RenderSource(raster)], pixelType: .u8, bands: 1)
    let block = try plan.render(through: BlockCache()).block
    // Enlarged twenty times, nearest.
    let source = (0..<800).flatMap { row in (0..<1200).map { row / 20 * 60 + $0 / 20 } }
    #expect(block.pixels == source.map { mask[$0] != 0 })
    #expect(zip(block.samples, source).allSatisfy { $0 == (mask[$1] == 0 ? 0 : samples[$1]) })
  }
}
