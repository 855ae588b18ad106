/// Where a kernel writes: the first sample of a tile in the picture being made; lives no longer than the picture.
struct KernelTarget<T> {
  let pixels: UnsafeMutablePointer<T>
  /// Samples from one row to the next.
  let stride: Int

  /// The first sample of a pixel.
  @inline(__always)
  func at(column: Int, row: Int, bands: Int) -> UnsafeMutablePointer<T> { pixels + row * stride + column * bands }
}
