import GRDB
import Spatial
import Locking

/// The spatial references of the catalog by their keys. A reference is made when it is first asked for, since all but the
/// commonest need PROJ, which takes longer to start than the catalog.
final class SpatialReferenceTable: Sendable {
  private struct Row {
    let wkid: Int?
    let definition: String?
    var reference: SpatialReference?
  }

  private let rows = Locked<[Int64: Row]>([:])

  /// Reads the table anew.
  func load(from db: Database) throws {
    var found: [Int64: Row] = [:]
    let cursor = try GRDB.Row.fetchCursor(db, sql: "SELECT id, wkid, definition FROM spatialReference")
    while let row = try cursor.next() { found[row[0]] = Row(wkid: row[1], definition: row[2], reference: nil) }
    rows.withLock { $0 = found }
  }

  /// The reference of a key; `nil` when there is none or PROJ does not know it any more.
  subscript(id: Int64) -> SpatialReference? {
    guard let row = rows.withLock({ $0[id] }) else { return nil }
    if let reference = row.reference { return reference }
    guard let made = Self.make(row) else { return nil }
    rows.withLock { $0[id]?.reference = made }
    return made
  }

  /// The key of a reference, which is added to the table where it is new.
  func id(of reference: SpatialReference, in db: Database) throws -> Int64 {
    let wkid = reference.wkid
    let definition = wkid == nil ? reference.definition : nil
    let known = rows.withLock { rows in
      rows.first { $0.value.wkid == wkid && $0.value.definition == definition }?.key
    }
    if let known { return known }
    try db.execute(
      sql: "INSERT INTO spatialReference (wkid, definition) VALUES (?, ?)", arguments: [wkid, definition])
    let id = db.lastInsertedRowID
    rows.withLock { $0[id] = Row(wkid: wkid, definition: definition, reference: reference) }
    return id
  }

  private static func make(_ row: Row) -> SpatialReference? {
    switch (row.wkid, row.definition) {
    case (SpatialReference.wgs84.wkid, _): .wgs84
    case (SpatialReference.webMercator.wkid, _): .webMercator
    case (let wkid?, _): try? SpatialReference(wkid: wkid)
    case (nil, let definition?): try? SpatialReference(wkt: definition)
    case (nil, nil): nil
    }
  }
}
