import Pixels

/// Reads windows of rasters through a block cache.
public struct RasterReader: Sendable {
  private let cache: BlockCache

  /// A reader over a cache that it may share with others.
  public init(cache: BlockCache) {
    self.cache = cache
  }

  /// Reads a window of a level.
  /// - Parameters:
  ///   - window: any rectangle; what lies outside the level is 0 and holds no data.
  ///   - level: index into `info.levels`.
  ///   - dataset: the raster.
  ///   - bands: indices of the bands wanted, in the order wanted, repeats allowed; `nil` for all.
  /// - Returns: a block of the window's size with the raster's pixel type.
  /// - Throws: `RasterError` when a block is damaged, and for a level or band that the raster doesn't have.
  public func read(
    _ window: PixelWindow, level: Int = 0, of dataset: any RasterDataset, bands: [Int]? = nil
  ) throws(RasterError) -> PixelBlock {
    let info = dataset.info
    guard info.levels.indices.contains(level) else { throw .unreadable("\(info.files[0]) has no level \(level)") }
    if let bands, let missing = bands.first(where: { $0 < 0 || $0 >= info.bands }) {
      throw .unreadable("\(info.files[0]) has \(info.bands) bands, none with index \(missing)")
    }
    let size = info.levels[level]
    var assembly = WindowAssembly(window: window, info: info, bands: bands)
    guard let inside = window.clamped(width: size.width, height: size.height) else {
      return .empty(
        width: max(0, window.width), height: max(0, window.height), bands: bands?.count ?? info.bands,
        pixelType: info.pixelType)
    }
    for row in (inside.y / size.blockHeight)...((inside.y + inside.height - 1) / size.blockHeight) {
      for column in (inside.x / size.blockWidth)...((inside.x + inside.width - 1) / size.blockWidth) {
        let block = try cache.block(of: dataset, level: level, column: column, row: row)
        assembly.add(block, x: column * size.blockWidth, y: row * size.blockHeight)
      }
    }
    return assembly.finish()
  }
}

extension PixelWindow {
  /// The part within a level; `nil` when there is none.
  func clamped(width levelWidth: Int, height levelHeight: Int) -> PixelWindow? {
    let (right, rightOverflow) = x.addingReportingOverflow(width)
    let (bottom, bottomOverflow) = y.addingReportingOverflow(height)
    guard !rightOverflow, !bottomOverflow else { return nil }
    let left = max(0, x)
    let top = max(0, y)
    guard min(right, levelWidth) > left, min(bottom, levelHeight) > top else { return nil }
    return PixelWindow(
      x: left, y: top, width: min(right, levelWidth) - left, height: min(bottom, levelHeight) - top)
  }
}
