import Glibc
import Pixels

/// Erdas Imagine (HFA): a tree of entries and uncompressed blocks, in one file up to 2 GiB, in two beyond.
final class ImagineWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  let furtherFiles: [String]
  private let grid: ImagineGrid
  private let head: OutputFile
  /// The file that holds the blocks: the same one, or the spill file.
  private let blocks: OutputFile
  /// Where the first block begins in `blocks`.
  private let dataOffset: Int
  private let spillPath: String?

  /// The most entries of all block tables, which are held in memory; a spill file needs none.
  private static let mostTableEntries = 1 << 20

  /// Whether the fields of sizes, of 32 bits, hold the raster's, and there can be a file so long.
  static func holds(_ layout: RasterLayout) -> Bool {
    max(layout.width, layout.height) <= Int(Int32.max) - ImagineGrid.side && layout.bands <= Int(UInt16.max)
      && Double(layout.width) * Double(layout.height) * Double(layout.bands) < 1e15
  }

  /// - Parameter greatestFile: the length beyond which the blocks have a file of their own. Offsets of blocks have 32 bits in
  ///   the file itself, and some readers take them for signed ones.
  init(_ layout: RasterLayout, path: String, greatestFile: Int = Int(Int32.max)) throws(RasterFileError) {
    grid = ImagineGrid(layout)
    stripRows = grid.stripRows
    preparation = ImagineBlocks(grid: grid)
    head = try OutputFile(path: path)
    if let bytes = Self.headBeforeBlocks(layout, grid, greatestFile: greatestFile) {
      try head.append(bytes)
      (blocks, dataOffset, spillPath, furtherFiles) = (head, bytes.count, nil, [])
      return
    }
    let stem = path.hasSuffix(".img") ? String(path.dropLast(4)) : path
    let name = (stem.split(separator: "/").last.map(String.init) ?? stem) + ".ige"
    let spill = ImagineSpill(grid: grid)
    blocks = try OutputFile(path: stem + ".ige")
    (dataOffset, spillPath, furtherFiles) = (spill.dataOffset, stem + ".ige", [name])
    try spill.writeHead(to: blocks)
    try head.append(ImagineHead(layout: layout, grid: grid, spillName: name).bytes())
  }

  /// The head of a file that holds the blocks too; `nil` when they are too many.
  private static func headBeforeBlocks(_ layout: RasterLayout, _ grid: ImagineGrid, greatestFile: Int) -> [UInt8]? {
    guard grid.byteCount < greatestFile, grid.rows * grid.columns * grid.bands <= mostTableEntries else { return nil }
    let bytes = ImagineHead(layout: layout, grid: grid, spillName: nil).bytes()
    return bytes.count + grid.byteCount <= greatestFile ? bytes : nil
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    let start = dataOffset + grid.offset(row: strip.firstRow / ImagineGrid.side, column: 0, band: 0)
    guard stripRows < ImagineGrid.side else { return try blocks.write(strip.bytes, at: start) }
    let pieceBytes = stripRows * grid.blockRowBytes
    let offset = start + strip.firstRow % ImagineGrid.side * grid.blockRowBytes
    for block in 0..<strip.bytes.count / pieceBytes {
      let piece = strip.bytes[block * pieceBytes..<(block + 1) * pieceBytes]
      try blocks.write(piece, at: offset + block * grid.blockBytes)
    }
  }

  func finish() throws(RasterFileError) {
    // Where strips are parts of blocks, the rows of the last one below the raster were never written.
    let end = dataOffset + grid.byteCount
    if grid.height % ImagineGrid.side != 0, stripRows < ImagineGrid.side {
      let last = (grid.height + stripRows - 1) / stripRows * stripRows
      if last % ImagineGrid.side != 0 { try blocks.write([0], at: end - 1) }
    }
    if spillPath != nil { try blocks.close() }
    do throws(RasterFileError) { try head.close() } catch {
      if let spillPath { unlink(spillPath) }
      throw error
    }
  }
}
