import Datasets
import Glibc
import Pixels

/// Builds the overviews of a raster that comes without: each half the size of the one before, down to one block.
///
/// They are written as a GeoTIFF of their own, which `PyramidDataset` puts under the raster: averages of two by two
/// pixels, those without data left out, or for a palette the north-western one of them.
public struct OverviewBuilder: Sendable {
  /// Rasters of no more pixels than this are quick to read without overviews.
  public static let threshold = 4096 * 4096
  /// Bytes of a pixel, all bands together, beyond which a raster stays without: a tile of 512 x 512 pixels is read at once.
  static let pixelBytes = 64
  /// Columns and rows of a tile of the file.
  static let tileSize = 256

  private let dataset: any RasterDataset

  /// A builder for one raster.
  public init(_ dataset: any RasterDataset) { self.dataset = dataset }

  /// Whether a raster is large and has no overviews of its own, and not so many bands that they can't be built.
  public static func isNeeded(for info: RasterInfo) -> Bool {
    info.levels.count == 1 && Double(info.width) * Double(info.height) > Double(threshold)
      && info.bands * info.pixelType.stride <= pixelBytes
  }

  /// Writes the overviews. The file appears under its name when it is whole.
  /// - Parameters:
  ///   - path: where the file will be, in a folder that exists.
  ///   - isCancelled: asked between tiles.
  /// - Returns: whether the file is there; not so when `isCancelled` said to stop.
  /// - Throws: `RasterError` when the raster is damaged or the file can't be written. Nothing is left behind then.
  public func build(at path: String, isCancelled: () -> Bool = { false }) throws(RasterError) -> Bool {
    let temporary = "\(path).\(getpid()).part"
    do throws(RasterError) {
      guard try write(to: temporary, isCancelled: isCancelled) else {
        unlink(temporary)
        return false
      }
      guard rename(temporary, path) == 0 else { throw .unreadable("\(path) can't be written") }
      return true
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Levels go into the file from fine to coarse, and each is made from the one before as it stands there.
  private func write(to path: String, isCancelled: () -> Bool) throws(RasterError) -> Bool {
    let file = try OverviewFile(path: path)
    let reader = RasterReader(cache: BlockCache(capacity: 128 << 20))
    var finer: (raster: any RasterDataset, level: Int) = (dataset, 0)
    while true {
      let size = finer.raster.info.levels[finer.level]
      let (width, height) = ((size.width + 1) / 2, (size.height + 1) / 2)
      try file.begin(width: width, height: height, of: dataset.info)
      for top in stride(from: 0, to: height, by: Self.tileSize) {
        for left in stride(from: 0, to: width, by: Self.tileSize) {
          if isCancelled() { return false }
          let window = PixelWindow(
            x: left * 2, y: top * 2, width: min(2 * Self.tileSize, size.width - left * 2),
            height: min(2 * Self.tileSize, size.height - top * 2))
          let pixels = try reader.read(window, level: finer.level, of: finer.raster)
          let halved = Halving(isAverage: dataset.info.colormap == nil).halve(pixels)
          try file.write(halved, column: left, row: top, of: dataset.info)
        }
      }
      try file.end()
      if max(width, height) <= Self.tileSize { return true }
      let written = try RasterFile.open(path)
      finer = (written, written.info.levels.count - 1)
    }
  }
}
