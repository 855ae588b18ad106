/// The source pixels along one axis that a target pixel touches.
enum Footprint {
  /// No target pixel looks at more pixels than this along an axis: a raster without overviews drawn very small would
  /// have to be read as a whole for each target pixel, and the majority of a million pixels is known well enough.
  static let limit = 1024

  /// The pixels between the coordinates of two opposite corners, as gdalwarp's mode counts them.
  /// - Parameters:
  ///   - corners: coordinates of the two edges; where one is NaN the pixel of the centre stands for the footprint.
  ///   - center: the coordinate of the target pixel's centre, on the axis.
  ///   - count: pixels of the axis.
  static func along(_ corners: (Double, Double), center: Double, count: Int) -> Range<Int> {
    let pixel = PixelIndex.of(center)
    let low = min(corners.0, corners.1)
    let high = max(corners.0, corners.1)
    guard low.isFinite, high.isFinite, low <= center, center <= high else { return pixel..<pixel + 1 }
    let first = Int(max((low + PixelIndex.tolerance).rounded(.down), 0))
    let end = Int(min((high - PixelIndex.tolerance).rounded(.up), Double(count)))
    let half = limit / 2
    return min(max(first, pixel - half), pixel)..<max(min(end, pixel + half), pixel + 1)
  }
}
