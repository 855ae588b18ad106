import Pixels

/// An open raster that gives its pixels block by block.
///
/// Blocks are decoded as the file stores them; validity (nodata value, mask band, alpha channel) is part of a block.
/// Safe to use from many threads at once.
public protocol RasterDataset: Sendable {
  /// What the file says of itself.
  var info: RasterInfo { get }

  /// Something that is equal for two datasets only when their pixels are: path, size and time of the file.
  var identity: String { get }

  /// Decodes one block of a level. Blocks at the right and lower edge are cut to the level's size.
  /// - Parameters:
  ///   - level: index into `info.levels`.
  ///   - column: block column, from the west.
  ///   - row: block row, from the north.
  /// - Throws: `RasterError` when the file is damaged there.
  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock

  /// Decodes one block, and hands on those that had to be decoded on the way to it.
  ///
  /// Files that can only be read from the top down (JPEG, PNG, one compressed strip for all rows) pass other blocks
  /// before they come to the one that is wanted; a cache keeps them.
  /// - Parameter passing: called with the column, the row and the block for each block that was passed.
  /// - Throws: `RasterError` when the file is damaged there.
  func readBlock(
    level: Int, column: Int, row: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock
}

extension RasterDataset {
  /// Decodes one block, by itself.
  public func readBlock(
    level: Int, column: Int, row: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock {
    try readBlock(level: level, column: column, row: row)
  }
}
