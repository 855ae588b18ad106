import Datasets
import Foundation
import Pixels
import Spatial

@testable import Warp

/// A temporary folder with rasters made by GDAL and what GDAL makes of them.
final class Workshop {
  let folder: URL
  let cache = BlockCache()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("warp-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Lets GDAL and numpy do something in the folder.
  func python(_ script: String) throws { try GDAL.run(script, in: folder) }

  /// A raster of the folder.
  func open(_ name: String) throws -> any RasterDataset {
    try RasterFile.open(folder.appendingPathComponent(name).path)
  }

  /// Numbers that the script wrote: pixel-interleaved.
  func numbers(_ name: String) throws -> [Double] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name))
    return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }

  /// The lines of a text that the script wrote.
  func lines(_ name: String) throws -> [[String]] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// Draws pictures of one raster under the raster's own type.
  func draw(
    _ name: String, _ extent: Envelope, _ width: Int, _ height: Int, _ reference: SpatialReference,
    _ resampling: Resampling
  ) throws -> PixelBlock {
    let dataset = try open(name)
    let plan = RenderPlan(
      grid: TargetGrid(width: width, height: height, envelope: extent, spatialReference: reference),
      sources: [RenderSource(dataset)], resampling: resampling, pixelType: dataset.info.pixelType,
      bands: dataset.info.bands)
    return try plan.render(through: cache).block
  }
}

extension PixelBlock {
  /// All samples as numbers.
  var numbers: [Double] {
    pixelType.withSampleType { type in numbers(as: type) }
  }

  private func numbers<T: Sample>(as type: T.Type) -> [Double] { withSamples(as: type) { $0.map(\.asDouble) } }

  /// Whether each sample holds data.
  var sampleMask: [Bool] {
    switch validity {
    case .all: Array(repeating: true, count: width * height * bands)
    case .none: Array(repeating: false, count: width * height * bands)
    case .pixels(let mask): mask.flatMap { Array(repeating: $0 != 0, count: bands) }
    case .samples(let mask): mask.map { $0 != 0 }
    }
  }
}

/// How a picture differs from the one that GDAL drew.
struct Difference: Equatable {
  /// Pixels that hold data in one of them only.
  var outline = 0
  /// Samples that differ at all.
  var samples = 0
  /// The greatest difference of two samples.
  var greatest = 0.0
  /// Pixels that hold data in both.
  var common = 0

  /// Compares a picture with GDAL's, whose last band says where it holds data.
  init(_ block: PixelBlock, _ expected: [Double]) {
    let numbers = block.numbers
    let mask = block.sampleMask
    let bands = block.bands
    precondition(expected.count == block.width * block.height * (bands + 1), "pictures of the same size")
    for pixel in 0..<block.width * block.height {
      let isData = expected[pixel * (bands + 1) + bands] != 0
      guard isData == (0..<bands).contains(where: { mask[pixel * bands + $0] }) else {
        outline += 1
        continue
      }
      guard isData else { continue }
      common += 1
      for band in 0..<bands where mask[pixel * bands + band] {
        let difference = abs(numbers[pixel * bands + band] - expected[pixel * (bands + 1) + band])
        if difference > 0 { samples += 1 }
        greatest = max(greatest, difference)
      }
    }
  }
}
