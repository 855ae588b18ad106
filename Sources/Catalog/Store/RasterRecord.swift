import Datasets
import Foundation
import GRDB
import Pixels
import Spatial

/// A row of the table `raster`: what the file says, and once the service is settled, what the catalog says of it.
struct RasterRecord {
  var id: Int64
  var objectId: Int64
  var path: String
  var files: [FileStamp]
  var info: RasterInfo
  /// `nil` until the spatial reference of the service is known.
  var place: Place?

  /// Where a raster lies in its service, and its catalog fields.
  struct Place {
    var footprint: Envelope
    var pixelSizeX: Double
    var pixelSizeY: Double
    var name: String
    var item: RasterItem
  }

  /// The columns, in the order that `init(row:)` reads.
  static let columns = """
    raster.id, raster.objectId, raster.path, raster.files, raster.format, raster.compression, raster.bands,
    raster.pixelType, raster.noData, raster.colormap, raster.hasMask, raster.originX, raster.originY, raster.pixelWidth,
    raster.pixelHeight, raster.spatialReference, raster.levels, raster.parts, raster.xmin, raster.ymin, raster.xmax,
    raster.ymax, raster.pixelSizeX, raster.pixelSizeY, raster.name, raster.minPS, raster.maxPS, raster.lowPS,
    raster.highPS, raster.category, raster.tag, raster.groupName, raster.productName, raster.zOrder
    """

  /// The SQL of a standard field; `nil` for added ones.
  static func column(of field: CatalogField) -> String? {
    switch field.name {
    case "OBJECTID": "raster.objectId"
    case "Name": "raster.name"
    case "MinPS": "raster.minPS"
    case "MaxPS": "raster.maxPS"
    case "LowPS": "raster.lowPS"
    case "HighPS": "raster.highPS"
    case "Category": "raster.category"
    case "Tag": "raster.tag"
    case "GroupName": "raster.groupName"
    case "ProductName": "raster.productName"
    case "CenterX": "((raster.xmin + raster.xmax) / 2)"
    case "CenterY": "((raster.ymin + raster.ymax) / 2)"
    case "ZOrder": "raster.zOrder"
    case "Shape_Length": "(2 * (raster.xmax - raster.xmin + raster.ymax - raster.ymin))"
    case "Shape_Area": "((raster.xmax - raster.xmin) * (raster.ymax - raster.ymin))"
    default: nil
    }
  }

  /// Reads a row of `columns`.
  /// - Throws: `DatabaseError` when the row is not what this version writes.
  init(row: Row, references: SpatialReferenceTable) throws {
    let levels = PackedValues.levels(row[16])
    guard let pixelType = PixelType(rawValue: row[7]), !levels.isEmpty, let reference = references[row[15]] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "raster \(row[0] as Int64) has no sense")
    }
    id = row[0]
    objectId = row[1]
    path = row[2]
    files = StampText.stamps(row[3])
    let colormap: Data? = row[9]
    info = RasterInfo(
      format: row[4], compression: row[5], bands: row[6], pixelType: pixelType, noData: PackedValues.numbers(row[8]),
      colormap: colormap.map { PackedValues.colormap([UInt8]($0)) }, hasMask: row[10],
      georeference: Georeference(
        originX: row[11], originY: row[12], pixelWidth: row[13], pixelHeight: row[14], spatialReference: reference),
      levels: levels, files: (row[17] as String).split(separator: "/").map(String.init))
    guard let xmin: Double = row[18] else { return }
    place = Place(
      footprint: Envelope(xmin: xmin, ymin: row[19], xmax: row[20], ymax: row[21]), pixelSizeX: row[22],
      pixelSizeY: row[23], name: row[24],
      item: RasterItem(
        minPS: row[25], maxPS: row[26], lowPS: row[27], highPS: row[28], category: row[29], tag: row[30],
        groupName: row[31], productName: row[32], zOrder: row[33]))
  }

  /// Writes what a file says as a row that has no place yet. A row that is there keeps its key and object id, and loses
  /// its place, attributes and statistics.
  static func write(
    _ info: RasterInfo, of source: RasterSource, service: Int64, objectId: Int64, reference: Int64, in db: Database
  ) throws {
    let existing = try Int64.fetchOne(
      db, sql: "SELECT id FROM raster WHERE service = ? AND objectId = ?", arguments: [service, objectId])
    if let existing { try db.execute(sql: "DELETE FROM raster WHERE id = ?", arguments: [existing]) }
    let georeference = info.georeference
    try db.cachedStatement(
      sql: """
        INSERT INTO raster (id, service, objectId, path, files, format, compression, bands, pixelType, noData, colormap,
          hasMask, originX, originY, pixelWidth, pixelHeight, spatialReference, levels, parts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      existing, service, objectId, source.path, StampText.text(source.files), info.format, info.compression, info.bands,
      info.pixelType.rawValue, PackedValues.text(info.noData), info.colormap.map { Data(PackedValues.bytes($0)) },
      info.hasMask, georeference.originX, georeference.originY, georeference.pixelWidth, georeference.pixelHeight,
      reference, PackedValues.text(info.levels), info.files.joined(separator: "/"),
    ])
  }

  /// The rasters of a service by object id; only those that `condition` holds for.
  /// - Parameter condition: SQL over the tables `raster` and `footprint`, with its values.
  static func fetchAll(
    _ db: Database, service: Int64, references: SpatialReferenceTable, where condition: SQLCondition? = nil
  ) throws -> [RasterRecord] {
    let statement = try db.makeStatement(
      sql: """
        SELECT \(columns) FROM raster WHERE service = ?\(condition.map { " AND \($0.sql)" } ?? "") ORDER BY objectId
        """)
    let arguments: StatementArguments = [service]
    let cursor = try Row.fetchCursor(statement, arguments: arguments + (condition?.arguments ?? []))
    var records: [RasterRecord] = []
    while let row = try cursor.next() { records.append(try RasterRecord(row: row, references: references)) }
    return records
  }

  /// Takes the place of a raster away: it is not served until it has one again.
  static func removePlace(of raster: Int64, in db: Database) throws {
    try db.execute(sql: "UPDATE raster SET xmin = NULL WHERE id = ?", arguments: [raster])
    try db.execute(sql: "DELETE FROM footprint WHERE id = ?", arguments: [raster])
  }

  /// Writes the place of a raster in its service and its footprint in the R*Tree.
  static func write(_ place: Place, of raster: Int64, service: Int64, in db: Database) throws {
    let box = place.footprint
    let item = place.item
    try db.cachedStatement(
      sql: """
        UPDATE raster SET xmin = ?, ymin = ?, xmax = ?, ymax = ?, pixelSizeX = ?, pixelSizeY = ?, name = ?, minPS = ?,
          maxPS = ?, lowPS = ?, highPS = ?, category = ?, tag = ?, groupName = ?, productName = ?, zOrder = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      box.xmin, box.ymin, box.xmax, box.ymax, place.pixelSizeX, place.pixelSizeY, place.name, item.minPS, item.maxPS,
      item.lowPS, item.highPS, item.category, item.tag, item.groupName, item.productName, item.zOrder, raster,
    ])
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO footprint (id, xmin, xmax, ymin, ymax, serviceMin, serviceMax)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [raster, box.xmin, box.xmax, box.ymin, box.ymax, service, service])
    try db.cachedStatement(sql: "DELETE FROM attribute WHERE raster = ?").execute(arguments: [raster])
    for (field, value) in item.attributes {
      try db.cachedStatement(sql: "INSERT INTO attribute (raster, field, value) VALUES (?, ?, ?)")
        .execute(arguments: [raster, field, value])
    }
  }
}
