/// Which bands of a raster make the bands of a picture.
struct BandSelection {
  /// The bands to read, in the order of the windows; `nil` for all as they are.
  let read: [Int]?
  /// For each band of the picture the band of the windows; `nil` where the raster lacks it.
  let order: [Int?]
  /// For each value of a request's noData the band of the windows that it is compared with; `nil` for none.
  let compared: [Int?]
  /// Whether the samples are to be replaced by the colours of the raster's palette.
  let expandsPalette: Bool

  /// The rule of `RenderPlan.bandIds`.
  init(wanted: [Int], bands: Int, expandsPalette: Bool) {
    self.expandsPalette = expandsPalette
    guard bands > 1 else {
      read = nil
      compared = [0]
      order = wanted.map { expandsPalette ? ((0..<4).contains($0) ? $0 : nil) : 0 }
      return
    }
    let known = wanted.filter { (0..<bands).contains($0) }
    // Each band is read once, however often it is drawn.
    var distinct: [Int] = []
    for band in known where !distinct.contains(band) { distinct.append(band) }
    if distinct.isEmpty { distinct = [0] }
    read = distinct == Array(0..<bands) ? nil : distinct
    order = wanted.map { distinct.firstIndex(of: $0) }
    compared = order
  }
}
