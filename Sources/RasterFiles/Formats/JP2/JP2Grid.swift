import Pixels

/// How a JPEG 2000 codestream's tiles divide a raster. A strip is a row of tiles.
struct JP2Grid: Sendable {
  let width: Int
  let height: Int
  let bands: Int
  let pixelType: PixelType
  /// Columns and rows of a tile; those at the eastern and southern edge have fewer.
  let tileWidth: Int
  let tileHeight: Int

  /// The most tiles that a codestream numbers.
  private static let mostTiles = 65_535
  private static let usualSide = 1024
  /// The least side of a tile: below, wavelets save little.
  private static let leastSide = 16
  private static let stripBytes = 12 << 20
  /// The most samples of a tile, which the library holds in 4 bytes each.
  private static let mostTileSamples = 1 << 24
  /// The most wavelet levels and one.
  private static let mostResolutions = 6

  /// `nil` when there are too many tiles, or too large ones.
  init?(_ layout: RasterLayout) {
    (width, height) = (layout.width, layout.height)
    (bands, pixelType) = (layout.bands, layout.pixelType)
    guard max(width, height) <= Int(Int32.max) - Self.usualSide else { return nil }
    let rowBytes = width * bands * pixelType.stride
    var rows = Self.usualSide
    while rows > Self.leastSide, rows * rowBytes > Self.stripBytes { rows /= 2 }
    tileHeight = rows
    let down = (height + rows - 1) / rows
    guard down <= Self.mostTiles else { return nil }
    let across = Self.mostTiles / down
    tileWidth = max(Self.usualSide, (width + across - 1) / across)
    guard tileWidth * tileHeight <= Self.mostTileSamples / bands else { return nil }
  }

  /// Tiles from west to east.
  var columns: Int { (width + tileWidth - 1) / tileWidth }

  /// How often a tile is halved, and once more for the whole.
  ///
  /// Samples of few bits are classes and masks, whose wavelets are larger than they are; the library then runs out of the
  /// room that it makes from their bits, and leaves out what has none.
  var resolutions: Int {
    guard pixelType.bits >= 8 else { return 1 }
    var count = 1
    while count < Self.mostResolutions, min(tileWidth, tileHeight) >> count > 0 { count += 1 }
    return count
  }

  /// Whether the bands are decorrelated as red, green and blue.
  var decorrelates: Bool { bands == 3 && pixelType.bits >= 8 }
}
