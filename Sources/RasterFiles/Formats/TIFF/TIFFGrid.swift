import Codecs
import Pixels

/// How the pixels of a TIFF are cut into tiles, or into strips where the raster is small or very wide.
struct TIFFGrid: Sendable {
  /// Columns of a tile; `nil` for strips.
  let tileWidth: Int?
  /// Rows of a tile or of a strip of the file.
  let tileHeight: Int
  /// Rows that are prepared at once, a multiple of `tileHeight`.
  let stripRows: Int
  /// Tiles side by side; 1 for strips.
  let tilesAcross: Int
  /// Bytes of a row of a tile or of a strip of the file.
  let tileRowBytes: Int
  /// Bytes of a row of the raster, its samples packed.
  let rowBytes: Int
  private let height: Int

  /// Columns and most rows of a tile.
  private static let side = 256
  /// What may be prepared at once: 256 rows of most rasters.
  private static let mostBytes = 16 << 20
  /// What should be prepared at once, so that it is worth the threads.
  private static let usualBytes = 4 << 20

  init(_ layout: RasterLayout) {
    let sampleBits = layout.bands * layout.pixelType.bits
    rowBytes = (layout.width * sampleBits + 7) / 8
    height = layout.height
    let isLarge = layout.width > Self.side && layout.height > Self.side
    // TIFF's tiles have multiples of 16 rows.
    let rows = [256, 128, 64, 32, 16].first { isLarge && $0 * layout.bytesPerRow <= Self.mostBytes }
    if let rows {
      tileWidth = Self.side
      tileHeight = rows
      tilesAcross = (layout.width + Self.side - 1) / Self.side
      tileRowBytes = Self.side * sampleBits / 8
    } else {
      tileWidth = nil
      tileHeight = layout.rows(in: 1 << 18)
      tilesAcross = 1
      tileRowBytes = rowBytes
    }
    stripRows = tileHeight * max(1, Self.usualBytes / (tileHeight * layout.bytesPerRow))
  }

  /// Bytes of a tile, or of every strip of the file but the last one.
  var tileBytes: Int { tileRowBytes * tileHeight }

  /// Tiles or strips of the whole file.
  var tileCount: Int { tilesAcross * ((height + tileHeight - 1) / tileHeight) }

  /// The lengths of all tiles or strips.
  var byteCounts: [Int] {
    var counts = [Int](repeating: tileBytes, count: tileCount)
    if tileWidth == nil { counts[counts.count - 1] = (height - (tileCount - 1) * tileHeight) * rowBytes }
    return counts
  }

  /// Cuts packed rows, which begin with a tile's first row, into whole tiles; what lies beside the raster is 0.
  func tiles(of rows: [UInt8]) -> [UInt8] {
    guard tileWidth != nil else { return rows }
    let count = rows.count / rowBytes
    let tileRows = (count + tileHeight - 1) / tileHeight
    let isPadded = tilesAcross * tileRowBytes != rowBytes || tileRows * tileHeight != count
    return [UInt8](unsafeUninitializedCapacity: tileRows * tilesAcross * tileBytes) { out, filled in
      if isPadded { out.initialize(repeating: 0) }
      rows.withUnsafeBufferPointer { rows in
        guard let from = rows.baseAddress, let to = out.baseAddress else { return }
        for row in 0..<count {
          let first = to + (row / tileHeight) * tilesAcross * tileBytes + (row % tileHeight) * tileRowBytes
          for tile in 0..<tilesAcross {
            let start = tile * tileRowBytes
            (first + tile * tileBytes).update(
              from: from + row * rowBytes + start, count: min(tileRowBytes, rowBytes - start))
          }
        }
      }
      filled = tileRows * tilesAcross * tileBytes
    }
  }
}
