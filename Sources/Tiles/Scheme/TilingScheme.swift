import Spatial

/// One level of a tiling scheme, as `lods` of `tileInfo` list them.
public struct LevelOfDetail: Hashable, Sendable {
  /// The number that tiles and folders name it by.
  public var level: Int
  /// Width and height of a pixel, in units of the scheme's spatial reference.
  public var resolution: Double
  /// The denominator of the map's scale at the scheme's dpi.
  public var scale: Double

  /// A level from its parts.
  public init(level: Int, resolution: Double, scale: Double) {
    self.level = level
    self.resolution = resolution
    self.scale = scale
  }
}

/// How a plane is cut into tiles: `tileInfo` of a service, without the format of the tiles.
public struct TilingScheme: Hashable, Sendable {
  /// The plane.
  public var spatialReference: SpatialReference
  /// The upper left corner of tile 0 / 0 of every level.
  public var origin: Point
  /// Columns of a tile, in pixels.
  public var tileWidth: Int
  /// Rows of a tile, in pixels.
  public var tileHeight: Int
  /// Pixels an inch, which scales are told for.
  public var dpi: Int
  /// The levels, coarse to fine, with rising numbers.
  public var levels: [LevelOfDetail]

  /// A scheme from its parts.
  public init(
    spatialReference: SpatialReference, origin: Point, tileWidth: Int = 256, tileHeight: Int = 256, dpi: Int = 96,
    levels: [LevelOfDetail]
  ) {
    self.spatialReference = spatialReference
    self.origin = origin
    self.tileWidth = tileWidth
    self.tileHeight = tileHeight
    self.dpi = dpi
    self.levels = levels
  }

  /// The denominator of the scale at which a pixel of a size is as large as one of a screen; with Esri's 39.37 inches a
  /// metre (tile packages, 11).
  public static func scale(ofResolution resolution: Double, in reference: SpatialReference, dpi: Int) -> Double {
    resolution * reference.metersPerUnit * Double(dpi) * 39.37
  }

  /// The level of a number; `nil` when there is none.
  public subscript(level: Int) -> LevelOfDetail? { levels.first { $0.level == level } }

  /// The ground that a tile covers; `nil` when the scheme lacks its level.
  public func envelope(of tile: TileAddress) -> Envelope? {
    envelope(of: TileRange(level: tile.level, rows: tile.row..<tile.row + 1, columns: tile.column..<tile.column + 1))
  }

  /// The ground that tiles cover; `nil` when the scheme lacks their level.
  public func envelope(of range: TileRange) -> Envelope? {
    guard let resolution = self[range.level]?.resolution else { return nil }
    let (width, height) = (Double(tileWidth) * resolution, Double(tileHeight) * resolution)
    return Envelope(
      xmin: origin.x + Double(range.columns.lowerBound) * width,
      ymin: origin.y - Double(range.rows.upperBound) * height,
      xmax: origin.x + Double(range.columns.upperBound) * width,
      ymax: origin.y - Double(range.rows.lowerBound) * height)
  }

  /// The tiles of a level that have ground in common with an envelope, cut to the grid (tile packages, 11). Empty when
  /// there is none or the scheme lacks the level.
  public func tiles(of level: Int, meeting envelope: Envelope) -> TileRange {
    guard let resolution = self[level]?.resolution, envelope.isFinite else {
      return TileRange(level: level, rows: 0..<0, columns: 0..<0)
    }
    let (width, height) = (Double(tileWidth) * resolution, Double(tileHeight) * resolution)
    let grid = gridSize(of: level)
    return TileRange(
      level: level,
      rows: Self.cells((origin.y - envelope.ymax) / height, (origin.y - envelope.ymin) / height, grid.rows),
      columns: Self.cells((envelope.xmin - origin.x) / width, (envelope.xmax - origin.x) / width, grid.columns))
  }

  /// How many rows and columns a level has. That of a scheme around the Earth ends where the Earth does; any other goes on
  /// as far as numbers of 31 bits count.
  public func gridSize(of level: Int) -> (rows: Int, columns: Int) {
    guard let resolution = self[level]?.resolution, let world = Self.worldExtent(of: spatialReference),
      world.xmin - origin.x < resolution, origin.x - world.xmin < resolution * Double(tileWidth)
    else { return (Self.farthest, Self.farthest) }
    func count(_ length: Double, _ pixels: Int) -> Int {
      // The rounded figures of the levels drift by less than a hundredth of a tile.
      Int(min(Double(Self.farthest), max(1, (length / (Double(pixels) * resolution) - 0.01).rounded(.up))))
    }
    return (count(origin.y - world.ymin, tileHeight), count(world.xmax - origin.x, tileWidth))
  }

  private static let farthest = Int(Int32.max)

  /// The whole Earth in a reference that shows it in one rectangle; `nil` for others.
  private static func worldExtent(of reference: SpatialReference) -> Envelope? {
    if reference.isSame(as: .webMercator) {
      let half = 20_037_508.342787
      return Envelope(xmin: -half, ymin: -half, xmax: half, ymax: half)
    }
    return reference.isSame(as: .wgs84) ? Envelope(xmin: -180, ymin: -90, xmax: 180, ymax: 90) : nil
  }

  /// The cells between two places, counted in cells. An edge that lies on the border of a cell, but for rounding, does not
  /// reach into the next one.
  private static func cells(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
    let slack = 1e-6
    let first = max(0, (low + slack).rounded(.down))
    let end = min(Double(count), max((high - slack).rounded(.up), (low + slack).rounded(.down) + 1))
    return first < end ? Int(first)..<Int(end) : 0..<0
  }
}
