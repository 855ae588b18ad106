/// How much the pixels of a raster weigh in a blend.
enum BlendWeights {
  /// Weights above nothing, so that a pixel which no other raster covers is drawn up to the edge.
  private static let least = 1e-6

  /// The weights of a rectangle of the picture, row by row: the distance to the raster's nearest edge as a share of half
  /// its shorter side, all in source pixels.
  static func weights(of source: OpenSource, columns: Range<Int>, rows: Range<Int>) -> [Float] {
    let (width, height) = (Double(source.level.width), Double(source.level.height))
    let half = min(width, height) / 2
    let weight = { (x: Double, y: Double) -> Float in
      let distance = min(min(x, width - x), min(y, height - y))
      return Float(max(distance / half, least))
    }
    if let tables = source.mapping.tables {
      return rows.flatMap { row in columns.map { weight(tables.xs[$0], tables.ys[row]) } }
    }
    return rows.flatMap { row in
      let line = source.mapping.coordinates(columns: columns, rows: row..<row + 1)
      return line.xs.indices.map { weight(line.xs[$0], line.ys[$0]) }
    }
  }
}
