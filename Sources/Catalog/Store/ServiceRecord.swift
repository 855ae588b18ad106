import Foundation
import GRDB
import Pixels
import Spatial

/// A row of the table `service`: what its rasters have in common, kept so that a start need not look at them.
struct ServiceRecord {
  var id: Int64
  /// The path of its file or folder in the data folder.
  var path: String
  /// The stamp of its `service.json`, empty without one.
  var settings: String
  /// Whether rasters and summary agree; not so between a change of rasters and its summing up.
  var settled: Bool
  /// The next object id; those of removed rasters are not given again.
  var nextObjectId: Int64
  /// `nil` until the service is settled, and when it has no raster that can be read.
  var summary: ServiceSummary?

  private static let columns = """
    id, path, settings, settled, nextObjectId, spatialReference, xmin, ymin, xmax, ymax, pixelSizeX, pixelSizeY, bandCount,
    pixelType, noData, colormap, format, compression, rasterCount, uncompressedSize
    """

  /// All services by their paths.
  static func fetchAll(_ db: Database) throws -> [String: ServiceRecord] {
    var records: [String: ServiceRecord] = [:]
    let cursor = try Row.fetchCursor(db, sql: "SELECT \(columns) FROM service")
    while let row = try cursor.next() {
      let record = ServiceRecord(row: row)
      records[record.path] = record
    }
    return records
  }

  private init(row: Row) {
    id = row[0]
    path = row[1]
    settings = row[2]
    settled = row[3]
    nextObjectId = row[4]
    guard let reference: Int64 = row[5], let pixelType = PixelType(rawValue: row[13]) else { return }
    let colormap: Data? = row[15]
    summary = ServiceSummary(
      spatialReference: reference, extent: Envelope(xmin: row[6], ymin: row[7], xmax: row[8], ymax: row[9]),
      pixelSizeX: row[10], pixelSizeY: row[11], bandCount: row[12], pixelType: pixelType,
      noData: PackedValues.numbers(row[14]), colormap: colormap.map { PackedValues.colormap([UInt8]($0)) },
      format: row[16], compression: row[17], rasterCount: row[18], uncompressedSize: row[19])
  }

  /// Adds a service without rasters.
  init(adding path: String, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO service (path, settings, settled, nextObjectId) VALUES (?, '', 0, 1)", arguments: [path])
    id = db.lastInsertedRowID
    self.path = path
    settings = ""
    settled = false
    nextObjectId = 1
  }

  /// Writes everything but the path.
  func update(_ db: Database) throws {
    let extent = summary?.extent
    try db.execute(
      sql: """
        UPDATE service SET settings = ?, settled = ?, nextObjectId = ?, spatialReference = ?, xmin = ?, ymin = ?, xmax = ?,
          ymax = ?, pixelSizeX = ?, pixelSizeY = ?, bandCount = ?, pixelType = ?, noData = ?, colormap = ?, format = ?,
          compression = ?, rasterCount = ?, uncompressedSize = ?
        WHERE id = ?
        """,
      arguments: [
        settings, settled, nextObjectId, summary?.spatialReference, extent?.xmin, extent?.ymin, extent?.xmax,
        extent?.ymax, summary?.pixelSizeX, summary?.pixelSizeY, summary?.bandCount, summary?.pixelType.rawValue,
        summary.map { PackedValues.text($0.noData) }, summary?.colormap.map { Data(PackedValues.bytes($0)) },
        summary?.format, summary?.compression, summary?.rasterCount, summary?.uncompressedSize, id,
      ])
  }
}
