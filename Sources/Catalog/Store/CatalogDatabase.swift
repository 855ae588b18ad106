import GRDB
import Logging

/// Opens the database of a state folder, and turns its errors into the catalog's.
enum CatalogDatabase {
  /// Opens the database and brings its schema and content up.
  ///
  /// One that was made by another version, or is broken, is thrown away and made anew: all in it can be read again.
  /// - Parameter pass: fills the database; it is where broken pages come to light.
  static func open<Outcome>(
    in state: StateFolder, logger: Logger, _ pass: (DatabasePool) throws -> Outcome
  ) throws(CatalogError) -> (DatabasePool, Outcome) {
    do {
      let database = try open(state.databasePath)
      return (database, try pass(database))
    } catch {
      logger.warning("The catalog in \(state.path) is made anew: \(describe(error)).")
      state.removeCatalog()
    }
    do {
      let database = try open(state.databasePath)
      return (database, try pass(database))
    } catch {
      throw CatalogError.stateFolder(path: state.path, reason: describe(error))
    }
  }

  /// Closes the database. Readers are closed last and can't empty the journal, so that it is emptied before; should that
  /// fail, the next opening does it.
  static func close(_ database: DatabasePool) {
    _ = try? database.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
    try? database.close()
  }

  /// Reads from the database.
  static func read<T>(_ database: DatabasePool, _ body: (Database) throws -> T) throws(CatalogError) -> T {
    do {
      return try database.read(body)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      // All SQL but that of conditions is fixed.
      throw CatalogError.condition(describe(error))
    } catch {
      throw CatalogError.storage(describe(error))
    }
  }

  /// Writes to the database in one transaction.
  static func write<T>(_ database: DatabasePool, _ body: (Database) throws -> T) throws(CatalogError) -> T {
    do {
      return try database.write(body)
    } catch {
      throw CatalogError.storage(describe(error))
    }
  }

  private static func open(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "catalog"
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      // Rows are kept as values above; a connection needs little of its own.
      try db.execute(sql: "PRAGMA cache_size = -512; PRAGMA case_sensitive_like = ON")
      // A crash may cost the last batch, which is read again; it never breaks the file.
      if !db.configuration.readonly { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
    }
    let database = try DatabasePool(path: path, configuration: configuration)
    let version = try database.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
    let isEmpty = try database.read { db in try !db.tableExists("service") }
    guard isEmpty || version == CatalogSchema.contentVersion else {
      throw DatabaseError(resultCode: .SQLITE_SCHEMA, message: "it was written by another version")
    }
    try CatalogSchema.migrator.migrate(database)
    try database.write { db in try db.execute(sql: "PRAGMA user_version = \(CatalogSchema.contentVersion)") }
    return database
  }

  private static func describe(_ error: any Error) -> String {
    (error as? DatabaseError).map { $0.message ?? "SQLite error \($0.resultCode.rawValue)" } ?? "\(error)"
  }
}
