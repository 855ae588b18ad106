import GRDB
import Spatial
import Locking

/// The spatial references of the catalog by their keys, kept with all that was found out of them: PROJ takes longer to start
/// than the catalog, and more memory.
final class SpatialReferenceTable: Sendable {
  private let references = Locked<[Int64: SpatialReference]>([:])

  /// Reads the table anew.
  func load(from db: Database) throws {
    var found: [Int64: SpatialReference] = [:]
    let cursor = try Row.fetchCursor(
      db, sql: "SELECT id, wkid, latestWkid, wkt, proj, isGeographic FROM spatialReference")
    while let row = try cursor.next() {
      found[row[0]] = SpatialReference(
        wkid: row[1], latestWkid: row[2], wkt: row[3], definition: row[4], isGeographic: row[5])
    }
    references.withLock { $0 = found }
  }

  /// The reference of a key; `nil` when there is none.
  subscript(id: Int64) -> SpatialReference? { references.withLock { $0[id] } }

  /// The key of a reference, which is added to the table where it is new.
  func id(of reference: SpatialReference, in db: Database) throws -> Int64 {
    let wkid = reference.wkid
    let definition = wkid == nil ? reference.definition : nil
    if let known = references.withLock({ all in
      all.first { $0.value.wkid == wkid && (wkid != nil || $0.value.definition == definition) }?.key
    }) {
      return known
    }
    try db.execute(
      sql: """
        INSERT INTO spatialReference (wkid, definition, latestWkid, wkt, proj, isGeographic) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        wkid, definition, reference.latestWkid, reference.wkt, reference.definition, reference.isGeographic,
      ])
    let id = db.lastInsertedRowID
    references.withLock { $0[id] = reference }
    return id
  }
}
