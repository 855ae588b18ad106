import Datasets
import Pixels

/// Where a picture gets the blocks of its rasters from: a cache that all pictures share, or the rasters themselves.
public protocol BlockReading: Sendable {
  /// One block of a level, as `RasterDataset.readBlock` gives it.
  func block(
    of dataset: any RasterDataset, level: Int, column: Int, row: Int
  ) throws(RasterError) -> PixelBlock
}
