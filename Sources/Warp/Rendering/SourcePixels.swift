import Pixels

/// A rectangle of source pixels.
struct WindowBounds: Hashable {
  var columns: Range<Int>
  var rows: Range<Int>

  var isEmpty: Bool { columns.isEmpty || rows.isEmpty }
}

/// Source pixels in memory, and where in their level they lie.
///
/// A window is cut off only at the level's edges, or wide enough for the kernel: a neighbour that isn't in the window
/// doesn't exist.
struct SourcePixels {
  /// The pixels.
  let block: PixelBlock
  /// The level's column of the block's first one.
  let column: Int
  /// The level's row of the block's first one.
  let row: Int
}
