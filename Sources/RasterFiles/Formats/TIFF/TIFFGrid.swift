import Codecs
import Pixels

/// How the pixels of a TIFF are cut into tiles, or into strips where the raster is small.
///
/// Plain pixels have places that are known before they are: tiles stand one after another, from the north-west on.
struct TIFFGrid: Sendable {
  /// Columns of a tile; `nil` for strips.
  let tileWidth: Int?
  /// Rows of a tile or of a strip of the file.
  let tileHeight: Int
  /// Rows that are prepared at once: a multiple of `tileHeight`, or a part of it where the raster is wide.
  let stripRows: Int
  /// Tiles side by side; 1 for strips.
  let tilesAcross: Int
  /// Bytes of a row of a tile or of a strip of the file.
  let tileRowBytes: Int
  /// Bytes of a row of the raster, its samples packed.
  let rowBytes: Int
  private let height: Int

  /// Columns and rows of a tile.
  private static let side = 256
  /// What may be prepared at once: wide rasters write their tiles in pieces.
  private static let mostBytes = 4 << 20
  /// What should be prepared at once, so that it is worth the threads.
  private static let usualBytes = 2 << 20

  init(_ layout: RasterLayout) {
    let sampleBits = layout.bands * layout.pixelType.bits
    rowBytes = (layout.width * sampleBits + 7) / 8
    height = layout.height
    if layout.width > Self.side, layout.height > Self.side {
      tileWidth = Self.side
      tileHeight = Self.side
      tilesAcross = (layout.width + Self.side - 1) / Self.side
      tileRowBytes = Self.side * sampleBits / 8
    } else {
      tileWidth = nil
      tileHeight = layout.rows(in: 1 << 18)
      tilesAcross = 1
      tileRowBytes = rowBytes
    }
    var rows = tileHeight * max(1, Self.usualBytes / (tileHeight * layout.bytesPerRow))
    while rows * layout.bytesPerRow > Self.mostBytes, rows % 2 == 0 { rows /= 2 }
    stripRows = rows
  }

  /// Rows of a tile that are prepared at once.
  private var pieceRows: Int { min(stripRows, tileHeight) }

  /// Bytes of a tile, or of every strip of the file but the last one.
  private var tileBytes: Int { tileRowBytes * tileHeight }

  /// Tiles or strips of the whole file.
  var tileCount: Int { tilesAcross * ((height + tileHeight - 1) / tileHeight) }

  /// Bytes of all tiles or strips.
  var byteCount: Int { tileWidth == nil ? height * rowBytes : tileCount * tileBytes }

  /// Where all tiles or strips begin, counted from the first one.
  var offsets: [Int] { (0..<tileCount).map { $0 * tileBytes } }

  /// The lengths of all tiles or strips.
  var byteCounts: [Int] {
    var counts = [Int](repeating: tileBytes, count: tileCount)
    if tileWidth == nil { counts[counts.count - 1] = byteCount - (tileCount - 1) * tileBytes }
    return counts
  }

  /// Cuts packed rows, at most `stripRows` of them, into tiles or pieces of these; what lies beside the raster is 0.
  func tiles(of rows: [UInt8]) -> [UInt8] {
    guard tileWidth != nil else { return rows }
    let count = rows.count / rowBytes
    // Pieces end with the raster, tiles are whole.
    let pieceHeight = pieceRows < tileHeight ? count : tileHeight
    let pieceBytes = pieceHeight * tileRowBytes
    let pieces = (count + pieceHeight - 1) / pieceHeight
    let isPadded = tilesAcross * tileRowBytes != rowBytes || pieces * pieceHeight != count
    return [UInt8](unsafeUninitializedCapacity: pieces * tilesAcross * pieceBytes) { out, filled in
      if isPadded { out.initialize(repeating: 0) }
      rows.withUnsafeBufferPointer { rows in
        guard let from = rows.baseAddress, let to = out.baseAddress else { return }
        for row in 0..<count {
          let first = to + (row / pieceHeight) * tilesAcross * pieceBytes + (row % pieceHeight) * tileRowBytes
          for tile in 0..<tilesAcross {
            let start = tile * tileRowBytes
            (first + tile * pieceBytes).update(
              from: from + row * rowBytes + start, count: min(tileRowBytes, rowBytes - start))
          }
        }
      }
      filled = pieces * tilesAcross * pieceBytes
    }
  }

  /// The places of what `tiles(of:)` made of the rows from `firstRow` on, counted from the first tile.
  /// - Parameter count: the bytes that it made.
  func places(firstRow: Int, count: Int) -> [(offset: Int, bytes: Range<Int>)] {
    let start = firstRow / tileHeight * tilesAcross * tileBytes
    guard tileWidth != nil, pieceRows < tileHeight else { return [(start, 0..<count)] }
    let pieceBytes = count / tilesAcross
    return (0..<tilesAcross).map { tile in
      (
        start + tile * tileBytes + firstRow % tileHeight * tileRowBytes,
        tile * pieceBytes..<(tile + 1) * pieceBytes
      )
    }
  }
}
