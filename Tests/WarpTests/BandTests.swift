import Datasets
import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("The bands and the pixel type of a picture")
struct BandTests {
  private func draw(
    _ raster: MemoryRaster, bandIds: [Int]? = nil, bands: Int, pixelType: PixelType = .u8,
    resampling: Resampling = .nearest
  ) throws -> PixelBlock {
    let plan = RenderPlan(
      grid: raster.grid, sources: [RenderSource(raster)], resampling: resampling, bandIds: bandIds,
      pixelType: pixelType, bands: bands)
    return try plan.render(through: BlockCache(capacity: 0)).block
  }

  static let four = MemoryRaster(
    width: 2, height: 1, bands: 4, pixelType: .u8, samples: [1, 2, 3, 4, 11, 12, 13, 14])

  @Test("come in the order of bandIds, repeats and all")
  func order() throws {
    #expect(try draw(Self.four, bandIds: [3, 0, 3], bands: 3).numbers == [4, 1, 4, 14, 11, 14])
    #expect(try draw(Self.four, bandIds: [2], bands: 1).numbers == [3, 13])
    #expect(try draw(Self.four, bands: 3).numbers == [1, 2, 3, 11, 12, 13])
  }

  @Test("are without data where a raster lacks them")
  func missing() throws {
    let block = try draw(Self.four, bandIds: [1, 9], bands: 2)
    #expect(block.numbers == [2, 0, 12, 0])
    #expect(block.validity == .samples([255, 0, 255, 0]))
  }

  @Test("are all grey where a raster has one band")
  func grey() throws {
    let raster = MemoryRaster(width: 2, height: 1, bands: 1, pixelType: .u8, samples: [5, 6])
    #expect(try draw(raster, bands: 3).numbers == [5, 5, 5, 6, 6, 6])
  }

  @Test("are the colours of the palette where three are drawn, and its indices where one is")
  func palette() throws {
    var raster = MemoryRaster(width: 2, height: 1, bands: 1, pixelType: .u8, samples: [1, 0])
    raster.info.colormap = [SIMD4(10, 20, 30, 255), SIMD4(40, 50, 60, 255)]
    #expect(try draw(raster, bands: 3).numbers == [40, 50, 60, 10, 20, 30])
    #expect(try draw(raster, bands: 1).numbers == [1, 0])
  }

  @Test("Indices of a palette are never interpolated")
  func paletteKernel() throws {
    var raster = MemoryRaster(width: 2, height: 1, bands: 1, pixelType: .u8, samples: [0, 200])
    raster.info.colormap = Array(repeating: SIMD4(0, 0, 0, 255), count: 256)
    var grid = raster.grid
    grid.width = 6
    for resampling in [Resampling.bilinear, .cubic, .nearest, .majority] {
      let plan = RenderPlan(
        grid: grid, sources: [RenderSource(raster)], resampling: resampling, pixelType: .u8, bands: 1)
      #expect(try plan.render(through: BlockCache(capacity: 0)).block.numbers == [0, 0, 0, 200, 200, 200])
    }
  }

  @Test(
    "Values beyond a pixel type's range are held at its ends",
    arguments: [
      (PixelType.u8, [0, 0, 3, 255]), (.s8, [-128, -1, 3, 127]), (.u4, [0, 0, 3, 15]), (.u16, [0, 0, 3, 40000]),
      (.s16, [-2000, -1, 3, 32767]), (.f64, [-2000, -1.25, 2.5, 40000]),
    ])
  func clamping(_ pixelType: PixelType, _ expected: [Double]) throws {
    let samples = ([-2000, -1.25, 2.5, 40000] as [Float]).flatMap { withUnsafeBytes(of: $0, Array.init) }
    let raster = MemoryRaster(width: 4, height: 1, bands: 1, pixelType: .f32, samples: samples)
    #expect(try draw(raster, bands: 1, pixelType: pixelType).numbers == expected)
  }

  @Test("Cubic overshoot stays within the bits of a sample")
  func overshoot() throws {
    // An edge from 0 to 15 in 4 bits: cubic convolution overshoots by up to 1.1 on the bright side.
    let row: [UInt8] = [0, 0, 0, 0, 15, 15, 15, 15]
    let raster = MemoryRaster(
      width: 8, height: 4, bands: 1, pixelType: .u4, samples: Array([row, row, row, row].joined()))
    var grid = raster.grid
    grid.width = 40
    let plan = RenderPlan(
      grid: grid, sources: [RenderSource(raster)], resampling: .cubic, pixelType: .u4, bands: 1)
    let numbers = try plan.render(through: BlockCache(capacity: 0)).block.numbers
    #expect(numbers.allSatisfy { (0...15).contains($0) })
    #expect(numbers.contains(15))
  }
}
