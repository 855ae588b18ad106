import Spatial

extension TargetGrid {
  /// The columns and rows whose centres can lie in an envelope, one more on each side: envelopes of projected rasters
  /// are known up to rounding.
  func footprint(of other: Envelope) -> WindowBounds {
    WindowBounds(
      columns: Self.pixels(
        from: (other.xmin - envelope.xmin) / envelope.width, to: (other.xmax - envelope.xmin) / envelope.width,
        count: width),
      rows: Self.pixels(
        from: (envelope.ymax - other.ymax) / envelope.height, to: (envelope.ymax - other.ymin) / envelope.height,
        count: height))
  }

  private static func pixels(from start: Double, to end: Double, count: Int) -> Range<Int> {
    // What is no number says nothing of where the raster lies.
    if start.isNaN || end.isNaN { return 0..<count }
    let first = (start * Double(count)).rounded(.down) - 1
    let last = (end * Double(count)).rounded(.up) + 1
    if last <= 0 || first >= Double(count) || first >= last { return 0..<0 }
    return Int(max(0, first))..<Int(min(Double(count), last))
  }
}
