/// What stands beside a raster and belongs to it: world file, `.prj`, `.aux.xml`.
struct Sidecars: Sendable {
  /// The names of those that were found.
  private(set) var files: [String] = []
  /// Nodata values by band, from `.aux.xml`.
  private(set) var noData: [Int: Double] = [:]
  /// The affine transformation in GDAL's order: x of the outer corner, x by column, x by row, y of the corner, y by
  /// column, y by row.
  private(set) var transform: [Double]?
  /// The text that defines the spatial reference.
  private(set) var spatialReference: String?

  init(of path: String) {}
}
