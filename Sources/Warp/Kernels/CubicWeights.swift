/// Cubic convolution with a = -0.5 (Keys 1981), the kernel that ArcGIS and GDAL mean by cubic.
enum CubicWeights {
  /// The weights of the pixels at -1, 0, 1 and 2 for a place `offset` (0 ..< 1) beyond the centre of the pixel at 0.
  @inline(__always)
  static func at<W: BinaryFloatingPoint & SIMDScalar>(_ offset: W) -> SIMD4<W> {
    let square = offset * offset
    let cube = square * offset
    return SIMD4(
      -0.5 * offset + square - 0.5 * cube, 1 - 2.5 * square + 1.5 * cube, 0.5 * offset + 2 * square - 1.5 * cube,
      0.5 * cube - 0.5 * square)
  }
}
