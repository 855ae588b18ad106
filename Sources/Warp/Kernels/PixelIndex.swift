/// Which source pixel a coordinate falls into.
enum PixelIndex {
  /// Coordinates this little below a pixel's edge count as on it: rounding of the transformation must not decide which
  /// of two pixels is drawn. The figure is that of gdalwarp, so that nearest gives the same pixels.
  static let tolerance = 1e-10

  /// Whether a coordinate lies on an axis of `count` pixels; not so for NaN.
  @inline(__always)
  static func isInside(_ coordinate: Double, count: Int) -> Bool {
    coordinate >= 0 && coordinate + tolerance < Double(count)
  }

  /// The pixel of a coordinate that is inside: pixel i is [i, i + 1).
  @inline(__always)
  static func of(_ coordinate: Double) -> Int { Int(coordinate + tolerance) }
}
