import Datasets
import Pixels

/// Assembles windows of one level from cached blocks: chosen bands, the request's nodata rule applied.
///
/// The rule is applied to source pixels, before the kernel: with nearest that is the same as masking the resampled
/// pixels (REST API 1.3.3), and with the other kernels the values meant as nodata never bleed into their neighbours.
struct WindowReader: Sendable {
  let dataset: any RasterDataset
  let level: Int
  let cache: BlockCache
  /// Bands of the raster to take; `nil` for all as they are.
  let bands: [Int]?
  let rule: NoDataRule?
  /// For each value of the rule the band of the windows that it is compared with.
  let compared: [Int?]

  private var size: RasterInfo.Level { dataset.info.levels[level] }
  private var windowBands: Int { bands?.count ?? dataset.info.bands }

  /// Bytes of the samples of a window.
  func byteCount(of bounds: WindowBounds) -> Int {
    bounds.columns.count * bounds.rows.count * windowBands * dataset.info.pixelType.stride
  }

  /// Reads a window.
  /// - Parameters:
  ///   - bounds: within the level and not empty.
  ///   - onDamage: told of each block that can't be read; its pixels hold no data.
  func read(_ bounds: WindowBounds, onDamage: (RasterError) -> Void) -> SourcePixels {
    let blockColumns = bounds.columns.lowerBound / size.blockWidth...(bounds.columns.upperBound - 1) / size.blockWidth
    let blockRows = bounds.rows.lowerBound / size.blockHeight...(bounds.rows.upperBound - 1) / size.blockHeight
    if blockColumns.count == 1, blockRows.count == 1, bands == nil, rule == nil,
      let block = block(blockColumns.lowerBound, blockRows.lowerBound, onDamage)
    {
      return SourcePixels(
        block: block, column: blockColumns.lowerBound * size.blockWidth, row: blockRows.lowerBound * size.blockHeight)
    }
    var canvas = Canvas(
      width: bounds.columns.count, height: bounds.rows.count, bands: windowBands, pixelType: dataset.info.pixelType,
      isValid: true, isZeroed: false)
    for blockRow in blockRows {
      for blockColumn in blockColumns {
        let (left, top) = (blockColumn * size.blockWidth, blockRow * size.blockHeight)
        let columns = bounds.columns.clamped(to: left..<left + size.blockWidth)
        let rows = bounds.rows.clamped(to: top..<top + size.blockHeight)
        let column = columns.lowerBound - bounds.columns.lowerBound
        let row = rows.lowerBound - bounds.rows.lowerBound
        if let block = block(blockColumn, blockRow, onDamage) {
          canvas.copy(
            block, columns: columns.lowerBound - left..<columns.upperBound - left,
            rows: rows.lowerBound - top..<rows.upperBound - top, toColumn: column, row: row, chosen: bands)
        } else {
          canvas.clear(columns: column..<column + columns.count, rows: row..<row + rows.count)
        }
      }
    }
    rule?.mask(&canvas, bands: compared)
    return SourcePixels(block: canvas.block, column: bounds.columns.lowerBound, row: bounds.rows.lowerBound)
  }

  /// A block of the size that the level promises; anything else would be read past its end.
  private func block(_ column: Int, _ row: Int, _ onDamage: (RasterError) -> Void) -> PixelBlock? {
    do throws(RasterError) {
      let block = try cache.block(of: dataset, level: level, column: column, row: row)
      let width = min(size.blockWidth, size.width - column * size.blockWidth)
      let height = min(size.blockHeight, size.height - row * size.blockHeight)
      guard block.width == width, block.height == height, block.bands == dataset.info.bands,
        block.pixelType == dataset.info.pixelType
      else {
        throw RasterError.damaged("block \(column), \(row) of level \(level) is not of the size that the file promises")
      }
      return block
    } catch {
      onDamage(error)
      return nil
    }
  }
}
