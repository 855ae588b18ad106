import Pixels

/// What one raster gives to a part of a picture.
struct Layer {
  /// The picture's columns that it covers.
  let columns: Range<Int>
  /// The picture's rows that it covers.
  let rows: Range<Int>
  /// The pixels, of the picture's bands and type.
  var block: PixelBlock
  /// How much each pixel weighs in a blend; empty when nothing is blended.
  var weights: [Float]
}
