/// Where the pixels of a raster lie: the outer corner of the first one and the steps by column and by row.
struct AffineTransform: Sendable, Hashable {
  var x: Double
  var xByColumn: Double
  var xByRow: Double
  var y: Double
  var yByColumn: Double
  var yByRow: Double

  var isFinite: Bool {
    [x, xByColumn, xByRow, y, yByColumn, yByRow].allSatisfy(\.isFinite)
  }

  init(x: Double, xByColumn: Double, xByRow: Double, y: Double, yByColumn: Double, yByRow: Double) {
    self.x = x
    self.xByColumn = xByColumn
    self.xByRow = xByRow
    self.y = y
    self.yByColumn = yByColumn
    self.yByRow = yByRow
  }

  /// The six lines of a world file, which gives the middle of the first pixel; `nil` for other text.
  init?(worldFile text: String) {
    let numbers = text.split(whereSeparator: \.isWhitespace).prefix(6).compactMap {
      Double($0.replacing(",", with: "."))
    }
    guard numbers.count == 6 else { return nil }
    self.init(
      x: numbers[4] - 0.5 * (numbers[0] + numbers[2]), xByColumn: numbers[0], xByRow: numbers[2],
      y: numbers[5] - 0.5 * (numbers[1] + numbers[3]), yByColumn: numbers[1], yByRow: numbers[3])
  }

  /// The six numbers of GDAL's `GeoTransform`; `nil` for other text.
  init?(geoTransform text: String) {
    let numbers = text.split { $0 == "," || $0.isWhitespace }.compactMap { Double($0) }
    guard numbers.count == 6 else { return nil }
    self.init(
      x: numbers[0], xByColumn: numbers[1], xByRow: numbers[2], y: numbers[3], yByColumn: numbers[4],
      yByRow: numbers[5])
  }
}
