extension Envelope {
  /// This envelope with square pixels, as `adjustAspectRatio` asks: of the two pixel sizes the larger one counts, the centre
  /// stays, and the envelope grows along the other axis. It never shrinks; one whose pixels are square to a billionth stays
  /// as it is, to the bit.
  /// - Parameters:
  ///   - width: columns of the picture, positive.
  ///   - height: rows of the picture, positive.
  public func fitted(toWidth width: Int, height: Int) -> Envelope {
    let columns = Double(width)
    let rows = Double(height)
    let pixelWidth = self.width / columns
    let pixelHeight = self.height / rows
    let size = max(pixelWidth, pixelHeight)
    guard size - min(pixelWidth, pixelHeight) > 1e-9 * size else { return self }
    var fitted = self
    if pixelWidth < size {
      fitted.xmin = center.x - size * columns / 2
      fitted.xmax = center.x + size * columns / 2
    } else {
      fitted.ymin = center.y - size * rows / 2
      fitted.ymax = center.y + size * rows / 2
    }
    return fitted
  }
}
