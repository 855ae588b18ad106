import Datasets
import Pixels

/// Resamples one raster to a part of the picture.
///
/// The part is split until the source pixels that it needs fit into `windowLimit`: a projection that sends
/// neighbouring target pixels to far ends of the raster is drawn with as little memory as any other.
struct LayerRenderer {
  let source: OpenSource
  let columns: Range<Int>
  let rows: Range<Int>
  private let isCancelled: () -> Bool
  private let onDamage: (RasterError) -> Void
  private var canvas: Canvas

  /// Bytes of source pixels that are held at a time.
  static let windowLimit = 64 << 20
  /// Target pixels whose coordinates are held at a time: they stay in the processor's cache.
  private static let freeTileLimit = 16384

  /// Resamples a raster to a rectangle of the picture.
  /// - Returns: the pixels of the raster's own bands and type, and where they lie in the picture; `nil` where the
  ///   raster has none there.
  /// - Throws: `RenderError.cancelled` when `isCancelled`, asked before each window, says so.
  static func render(
    _ source: OpenSource, columns: Range<Int>, rows: Range<Int>, isCancelled: @escaping () -> Bool,
    onDamage: @escaping (RasterError) -> Void
  ) throws(RenderError) -> (block: PixelBlock, columns: Range<Int>, rows: Range<Int>)? {
    var columns = columns
    var rows = rows
    if let tables = source.tables {
      columns = inside(tables.xs, columns, count: source.level.width)
      rows = inside(tables.ys, rows, count: source.level.height)
    }
    if columns.isEmpty || rows.isEmpty { return nil }
    if let block = aligned(source, columns: columns, rows: rows, onDamage: onDamage) { return (block, columns, rows) }
    var renderer = LayerRenderer(
      source: source, columns: columns, rows: rows, isCancelled: isCancelled, onDamage: onDamage)
    try renderer.draw(columns, rows)
    if source.resampling == .cubic { renderer.canvas.holdWithinBits() }
    let block = renderer.canvas.block
    return block.validity == .none ? nil : (block, columns, rows)
  }

  /// The pixels as they are, where target and source pixels are the same; `nil` where they aren't.
  private static func aligned(
    _ source: OpenSource, columns: Range<Int>, rows: Range<Int>, onDamage: (RasterError) -> Void
  ) -> PixelBlock? {
    guard source.resampling == .nearest, let tables = source.tables,
      let x = run(tables.xs[columns]), let y = run(tables.ys[rows])
    else { return nil }
    let bounds = WindowBounds(columns: x, rows: y)
    guard source.reader.byteCount(of: bounds) <= windowLimit else { return nil }
    let window = source.reader.read(bounds, onDamage: onDamage)
    return window.block.width == x.count && window.block.height == y.count ? window.block : nil
  }

  /// The source pixels of some coordinates on the axis, where each is the next one.
  private static func run(_ coordinates: ArraySlice<Double>) -> Range<Int>? {
    guard let start = coordinates.first.map(PixelIndex.of) else { return nil }
    for (offset, coordinate) in coordinates.enumerated() where PixelIndex.of(coordinate) != start + offset {
      return nil
    }
    return start..<start + coordinates.count
  }

  private init(
    source: OpenSource, columns: Range<Int>, rows: Range<Int>, isCancelled: @escaping () -> Bool,
    onDamage: @escaping (RasterError) -> Void
  ) {
    self.source = source
    self.columns = columns
    self.rows = rows
    self.isCancelled = isCancelled
    self.onDamage = onDamage
    canvas = Canvas(
      width: columns.count, height: rows.count, bands: source.bands, pixelType: source.info.pixelType, isValid: true)
  }

  /// The part of a range whose coordinates lie on the axis. Coordinates of tables only grow.
  private static func inside(_ coordinates: [Double], _ range: Range<Int>, count: Int) -> Range<Int> {
    guard let first = range.first(where: { PixelIndex.isInside(coordinates[$0], count: count) }),
      let last = range.last(where: { PixelIndex.isInside(coordinates[$0], count: count) })
    else { return range.lowerBound..<range.lowerBound }
    return first..<last + 1
  }

  private mutating func draw(_ columns: Range<Int>, _ rows: Range<Int>) throws(RenderError) {
    if isCancelled() { throw .cancelled }
    let area = columns.count * rows.count
    if source.tables == nil, area > Self.freeTileLimit {
      try split(columns, rows)
      return
    }
    let tile = Tile(source: source, columns: columns, rows: rows)
    guard let bounds = tile.bounds else {
      invalidate(columns, rows)
      return
    }
    if area > 1, source.reader.byteCount(of: bounds) > Self.windowLimit {
      try split(columns, rows)
      return
    }
    let window = source.reader.read(bounds, onDamage: onDamage)
    if window.block.validity == .none {
      invalidate(columns, rows)
      return
    }
    let (column, row) = (columns.lowerBound - self.columns.lowerBound, rows.lowerBound - self.rows.lowerBound)
    let mask = tile.draw(window, into: &canvas, column: column, row: row)
    canvas.mask.copy(mask, columns: 0..<columns.count, rows: 0..<rows.count, toColumn: column, row: row)
  }

  /// Draws two halves of more than one pixel.
  private mutating func split(_ columns: Range<Int>, _ rows: Range<Int>) throws(RenderError) {
    if columns.count > rows.count {
      let middle = columns.lowerBound + columns.count / 2
      try draw(columns.lowerBound..<middle, rows)
      try draw(middle..<columns.upperBound, rows)
    } else {
      let middle = rows.lowerBound + rows.count / 2
      try draw(columns, rows.lowerBound..<middle)
      try draw(columns, middle..<rows.upperBound)
    }
  }

  private mutating func invalidate(_ columns: Range<Int>, _ rows: Range<Int>) {
    canvas.mask.invalidate(
      columns: columns.lowerBound - self.columns.lowerBound..<columns.upperBound - self.columns.lowerBound,
      rows: rows.lowerBound - self.rows.lowerBound..<rows.upperBound - self.rows.lowerBound)
  }
}
