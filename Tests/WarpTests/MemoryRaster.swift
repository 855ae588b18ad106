import Datasets
import Pixels
import Spatial

@testable import Warp

/// A raster in memory, with pixels of one metre in Web Mercator.
struct MemoryRaster: RasterDataset {
  var info: RasterInfo
  let identity: String
  /// A block a level.
  var levels: [PixelBlock]
  /// Blocks that can't be read.
  var damaged: Set<Int> = []

  /// A raster whose south-western corner is at `x`, `y`.
  init(
    width: Int, height: Int, bands: Int, pixelType: PixelType, samples: [UInt8],
    validity: PixelBlock.Validity = .all, x: Double = 0, y: Double = 0, blockSize: Int = 16, name: String = "memory",
    reference: SpatialReference = .webMercator
  ) {
    let block = PixelBlock(
      width: width, height: height, bands: bands, pixelType: pixelType, samples: samples, validity: validity)
    levels = [block]
    info = RasterInfo(
      format: "TIFF", compression: "None", bands: bands, pixelType: pixelType,
      noData: Array(repeating: nil, count: bands), colormap: nil, hasMask: false,
      georeference: Georeference(
        originX: x, originY: y + Double(height), pixelWidth: 1, pixelHeight: 1, spatialReference: reference),
      levels: [.init(width: width, height: height, blockWidth: blockSize, blockHeight: blockSize)], files: [name])
    identity = name
  }

  /// A raster of one value.
  init(
    width: Int, height: Int, value: UInt8, x: Double = 0, y: Double = 0, name: String,
    validity: PixelBlock.Validity = .all
  ) {
    self.init(
      width: width, height: height, bands: 1, pixelType: .u8, samples: Array(repeating: value, count: width * height),
      validity: validity, x: x, y: y, name: name)
  }

  /// The whole Earth in degrees.
  static func world(width: Int, height: Int) -> MemoryRaster {
    var raster = MemoryRaster(
      width: width, height: height, bands: 1, pixelType: .u8,
      samples: (0..<width * height).map { UInt8(truncatingIfNeeded: $0 &* 31) }, blockSize: 64, name: "world",
      reference: .wgs84)
    raster.info.georeference = Georeference(
      originX: -180, originY: 90, pixelWidth: 360 / Double(width), pixelHeight: 180 / Double(height),
      spatialReference: .wgs84)
    return raster
  }

  /// Adds an overview.
  mutating func add(_ overview: PixelBlock) {
    levels.append(overview)
    info.levels.append(.init(width: overview.width, height: overview.height, blockWidth: 16, blockHeight: 16))
  }

  /// The raster's own pixels as a target.
  var grid: TargetGrid {
    TargetGrid(
      width: info.width, height: info.height,
      envelope: info.georeference.envelope(width: info.width, height: info.height),
      spatialReference: info.georeference.spatialReference)
  }

  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    let size = info.levels[level]
    let blocksAcross = (size.width + size.blockWidth - 1) / size.blockWidth
    if damaged.contains(row * blocksAcross + column) { throw .damaged("block \(column), \(row) is torn") }
    let (left, top) = (column * size.blockWidth, row * size.blockHeight)
    let (right, bottom) = (min(size.width, left + size.blockWidth), min(size.height, top + size.blockHeight))
    let block = levels[level]
    let pixelBytes = info.bands * info.pixelType.stride
    var samples: [UInt8] = []
    for line in top..<bottom {
      samples += block.samples[(line * block.width + left) * pixelBytes..<(line * block.width + right) * pixelBytes]
    }
    let validity: PixelBlock.Validity =
      switch block.validity {
      case .pixels(let mask):
        .pixels((top..<bottom).flatMap { mask[$0 * block.width + left..<$0 * block.width + right] })
      case let other: other
      }
    return PixelBlock(
      width: right - left, height: bottom - top, bands: info.bands, pixelType: info.pixelType, samples: samples,
      validity: validity)
  }
}

extension PixelBlock {
  /// Whether each pixel holds data.
  var pixels: [Bool] { pixelMask.map { $0.map { $0 != 0 } } ?? Array(repeating: true, count: width * height) }
}
