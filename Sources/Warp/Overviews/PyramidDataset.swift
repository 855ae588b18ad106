import Datasets
import Pixels

/// A raster with the overviews that `OverviewBuilder` wrote for it.
public struct PyramidDataset: RasterDataset {
  /// The raster's own, with the overviews among its levels.
  public let info: RasterInfo
  /// Of the raster and its overviews.
  public let identity: String
  private let base: any RasterDataset
  private let overviews: any RasterDataset

  /// A raster without overviews and the file of them at `path`.
  /// - Throws: `RasterError` when the file can't be read, or isn't one of this raster.
  public init(_ base: any RasterDataset, overviewsAt path: String) throws(RasterError) {
    let overviews = try RasterFile.open(path)
    var info = base.info
    guard info.levels.count == 1, overviews.info.width == (info.width + 1) / 2,
      overviews.info.height == (info.height + 1) / 2, overviews.info.bands == info.bands,
      overviews.info.pixelType.stride == info.pixelType.stride
    else { throw .damaged("\(path) does not hold the overviews of \(info.files.first ?? base.identity)") }
    info.levels += overviews.info.levels
    self.info = info
    self.base = base
    self.overviews = overviews
    identity = "\(base.identity) under \(overviews.identity)"
  }

  /// Decodes one block of the raster or of an overview.
  public func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    try readBlock(level: level, column: column, row: row) { _, _, _ in }
  }

  /// Decodes one block, and hands on those that had to be decoded on the way to it.
  public func readBlock(
    level: Int, column: Int, row: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock {
    if level == 0 { return try base.readBlock(level: 0, column: column, row: row, passing: passing) }
    let block = try overviews.readBlock(level: level - 1, column: column, row: row)
    // Samples of fewer than 8 bits are stored as bytes.
    return PixelBlock(
      width: block.width, height: block.height, bands: block.bands, pixelType: info.pixelType, samples: block.samples,
      validity: block.validity)
  }
}
