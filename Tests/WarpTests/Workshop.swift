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
