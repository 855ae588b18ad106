import Spatial

extension TargetGrid {
  /// The grid whose pixel centres are the corners of another grid's pixels: one column and one row more.
  static func corners(of pixels: PixelGrid) -> (grid: TargetGrid, pixels: PixelGrid) {
    var shifted = pixels
    shifted.originX -= pixels.pixelWidth / 2
    shifted.originY += pixels.pixelHeight / 2
    shifted.width += 1
    shifted.height += 1
    let grid = TargetGrid(
      width: shifted.width, height: shifted.height, envelope: shifted.envelope,
      spatialReference: pixels.spatialReference)
    return (grid, shifted)
  }
}
