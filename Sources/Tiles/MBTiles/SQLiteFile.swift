import GRDBSQLite

/// An SQLite file of others, open for reading only: nothing is written into it or beside it.
///
/// Used by one thread at a time. What a query may cost is bounded, because a file can hold views of any kind.
final class SQLiteFile {
  private let connection: OpaquePointer
  private let name: String
  /// Steps of the virtual machine that are left of a query's allowance, in thousands. The connection has its address.
  private let allowance: UnsafeMutablePointer<Int>

  /// Thousands of steps: seconds, where a tile takes microseconds.
  private static let steps = 100_000
  /// Longest value, in bytes.
  private static let longestValue = 1 << 25

  /// Opens a file as it is now: it must not be changed while it is open.
  init(path: String, name: String) throws(TileCacheError) {
    var connection: OpaquePointer?
    // Immutable: otherwise a database in WAL mode would get files beside it.
    let address = "file:" + Self.percentEncoded(path) + "?immutable=1"
    let status = sqlite3_open_v2(
      address, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    guard status == SQLITE_OK, let connection else {
      sqlite3_close_v2(connection)
      throw .system("\(name) can't be opened as SQLite: \(String(cString: sqlite3_errstr(status)))")
    }
    self.connection = connection
    self.name = name
    allowance = .allocate(capacity: 1)
    allowance.initialize(to: Self.steps)
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(Self.longestValue))
    sqlite3_progress_handler(
      connection, 1000,
      { pointer in
        guard let left = pointer?.assumingMemoryBound(to: Int.self) else { return 1 }
        left.pointee -= 1
        return left.pointee < 0 ? 1 : 0
      }, allowance)
    sqlite3_exec(connection, "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -1024", nil, nil, nil)
  }

  deinit {
    sqlite3_close_v2(connection)
    allowance.deallocate()
  }

  /// The rows of a query.
  /// - Parameters:
  ///   - sql: one statement.
  ///   - arguments: the values of its parameters.
  ///   - limit: rows that are read at most.
  ///   - read: reads one row.
  /// - Throws: `damaged` when the file is.
  func rows<T>(
    _ sql: String, _ arguments: [Int] = [], limit: Int, _ read: (SQLiteRow) -> T
  ) throws(TileCacheError) -> [T] {
    allowance.pointee = Self.steps
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure }
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() {
      sqlite3_bind_int64(statement, Int32(index + 1), Int64(argument))
    }
    var rows: [T] = []
    while rows.count < limit {
      let status = sqlite3_step(statement)
      if status == SQLITE_DONE { break }
      guard status == SQLITE_ROW else { throw failure }
      rows.append(read(SQLiteRow(statement: statement)))
    }
    return rows
  }

  private var failure: TileCacheError {
    .damaged("\(name) can't be read: \(String(cString: sqlite3_errmsg(connection)))")
  }

  /// A path for an address: all but letters, digits and a few signs in hexadecimal.
  private static func percentEncoded(_ path: String) -> String {
    var out = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default: out += "%" + BundleAddress.hexadecimal(Int(byte), digits: 2)
      }
    }
    return out
  }
}

/// The row that a query stands at.
struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  /// A whole number; `nil` for what is none.
  func integer(_ column: Int32) -> Int? {
    sqlite3_column_type(statement, column) == SQLITE_INTEGER ? Int(sqlite3_column_int64(statement, column)) : nil
  }

  /// A text, or a number as text; `nil` for what is none.
  func text(_ column: Int32) -> String? { sqlite3_column_text(statement, column).map { String(cString: $0) } }

  /// The bytes of a blob or text; `nil` where there is none.
  func bytes(_ column: Int32) -> [UInt8]? {
    guard let start = sqlite3_column_blob(statement, column) else { return nil }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
  }
}
