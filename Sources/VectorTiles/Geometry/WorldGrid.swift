import Glibc

/// The grid on which geometries lie: the square world of Web Mercator, 2^34 by 2^34 units, from its upper left corner to the
/// right and down.
///
/// A tile of level 22, the deepest of the scheme, has 4096 units: each level's units are the grid's, or a power of two of them,
/// and no level shows what the grid has lost. A unit is 2.3 mm at the equator.
enum WorldGrid {
  /// The deepest level, whose units are those of the grid.
  static let deepestLevel = 22
  /// Binary digits of the units along a side of a tile.
  static let tileBits = 12
  /// Units along a side of a tile: the extent of a vector tile.
  static let tileExtent = 1 << tileBits
  /// Units along a side of the world.
  static let width = 1 << (deepestLevel + tileBits)
  /// Half of the world's width in metres: that of the sphere of Web Mercator, pi times 6378137.
  static let halfWidthInMeters = Double.pi * 6_378_137

  /// How far down a latitude lies, in units. Those beyond 85.0511 degrees lie beyond the square, up to a width away: so that
  /// what crosses the square's edge is cut there, and not bent.
  static func y(latitude: Double) -> Double {
    let sine = sin(min(max(latitude, -89.9), 89.9) * .pi / 180)
    return (0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi)) * Double(width)
  }

  /// How far down a northing in metres lies, in units, up to a width beyond the square.
  static func y(northing: Double) -> Double {
    min(max((0.5 - northing / (2 * halfWidthInMeters)) * Double(width), -Double(width)), 2 * Double(width))
  }

  /// How far right a longitude lies, in units; beyond the square for longitudes beyond 180 degrees.
  static func x(longitude: Double) -> Double { (longitude / 360 + 0.5) * Double(width) }

  /// The longitude of a column.
  static func longitude(x: Double) -> Double { (x / Double(width) - 0.5) * 360 }

  /// The latitude of a row.
  static func latitude(y: Double) -> Double { atan(sinh((1 - 2 * y / Double(width)) * .pi)) * 180 / .pi }
}
