import GRDB
import JSONValue

/// The jobs as rows in SQLite: whatever ends the process, the next one finds them.
///
/// A database of its own, because the catalog's is thrown away whenever it is of another version, and jobs can't be read anew.
/// Safe to use from many threads; writes wait for each other.
public final class JobStore: Sendable {
  private let database: DatabaseQueue

  /// Opens the database of a state folder, and makes it where there is none.
  /// - Throws: `JobError.damaged` for a file that is no database, `.storage` for a folder that can't be written.
  public init(path: String) throws(JobError) {
    var configuration = Configuration()
    configuration.label = "jobs"
    configuration.prepareDatabase { db in
      // What a killed process wrote is in the system's hands; only a crash of the system may cost the last change.
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512")
    }
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
      try JobSchema.migrator.migrate(database)
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      throw .damaged("\(error)")
    } catch {
      throw .storage("\(error)")
    }
  }

  /// A job as its row has it, with the policy that it goes by.
  struct Stored {
    var job: Job
    var policy: JobPolicy
  }

  /// Adds a job.
  func insert(_ job: Job, policy: JobPolicy) throws(JobError) {
    try write { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO job (world, id, task, service, origin, status, policy, inputs, results, submitted, started, ended)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?)
          """
      ).execute(arguments: [
        job.key.world, job.key.id, job.task, job.service, job.origin, job.status.rawValue, policy.json.text(),
        Self.text(of: job.inputs), job.submitted, job.started, job.ended,
      ])
      try Self.writeMessages(of: job, number: db.lastInsertedRowID, in: db)
    }
  }

  /// Writes what may have changed of a job: state, times, results and messages.
  func update(_ job: Job) throws(JobError) {
    try write { db in
      guard let number = try Self.number(of: job.key, in: db) else { return }
      try db.cachedStatement(
        sql: "UPDATE job SET status = ?, results = ?, started = ?, ended = ? WHERE number = ?"
      ).execute(arguments: [job.status.rawValue, Self.text(of: job.results), job.started, job.ended, number])
      try Self.writeMessages(of: job, number: number, in: db)
    }
  }

  /// The job of a key; `nil` when there is none.
  func job(_ key: Job.Key) throws(JobError) -> Job? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM job WHERE world = ? AND id = ?", arguments: [key.world, key.id])
        .map { try Self.stored($0, in: db).job }
    }
  }

  /// Whether there is a job of this key.
  func contains(_ key: Job.Key) throws(JobError) -> Bool {
    try read { db in try Self.number(of: key, in: db) != nil }
  }

  /// The jobs of a world in the order of their arrival, the latest `limit` of them.
  func jobs(ofWorld world: String, limit: Int) throws(JobError) -> [Job] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM job WHERE world = ? ORDER BY number DESC LIMIT ?", arguments: [world, limit]
      ).reversed().map { try Self.stored($0, in: db).job }
    }
  }

  /// The jobs that have not come to an end, in the order of their arrival.
  func unfinished() throws(JobError) -> [Stored] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM job WHERE ended IS NULL ORDER BY number")
        .map { try Self.stored($0, in: db) }
    }
  }

  /// The keys of a world's jobs that ended at a time or before it, and of those beyond the latest `most`.
  func outdated(inWorld world: String, endedBy time: Int, most: Int) throws(JobError) -> [Job.Key] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM job WHERE world = ? AND ended <= ?
          UNION SELECT id FROM (SELECT id FROM job WHERE world = ? AND ended IS NOT NULL ORDER BY number DESC
            LIMIT -1 OFFSET ?)
          """, arguments: [world, time, world, most]
      ).map { Job.Key(world: world, id: $0) }
    }
  }

  /// Removes a job.
  func remove(_ key: Job.Key) throws(JobError) {
    try write { db in
      try db.cachedStatement(sql: "DELETE FROM job WHERE world = ? AND id = ?").execute(arguments: [key.world, key.id])
    }
  }

  /// Removes the jobs of a world.
  func removeAll(ofWorld world: String) throws(JobError) {
    try write { db in try db.execute(sql: "DELETE FROM job WHERE world = ?", arguments: [world]) }
  }

  /// Removes the jobs of all worlds but one.
  func removeAll(exceptWorld world: String) throws(JobError) {
    try write { db in try db.execute(sql: "DELETE FROM job WHERE world <> ?", arguments: [world]) }
  }

  // MARK: Rows

  private func read<T>(_ body: (Database) throws -> T) throws(JobError) -> T {
    do { return try database.read(body) } catch { throw .storage("\(error)") }
  }

  private func write(_ body: (Database) throws -> Void) throws(JobError) {
    do { try database.write(body) } catch { throw .storage("\(error)") }
  }

  private static func number(of key: Job.Key, in db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT number FROM job WHERE world = ? AND id = ?"), arguments: [key.world, key.id])
  }

  /// Messages are only ever added, save when a job begins anew.
  private static func writeMessages(of job: Job, number: Int64, in db: Database) throws {
    let known =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM message WHERE job = ?", arguments: [number]) ?? 0
    if known > job.messages.count { try db.execute(sql: "DELETE FROM message WHERE job = ?", arguments: [number]) }
    for (index, message) in job.messages.enumerated().dropFirst(known > job.messages.count ? 0 : known) {
      try db.cachedStatement(sql: "INSERT INTO message (job, number, kind, text) VALUES (?, ?, ?, ?)")
        .execute(arguments: [number, index, message.kind.rawValue, message.text])
    }
  }

  private static func stored(_ row: Row, in db: Database) throws -> Stored {
    let number: Int64 = row["number"]
    var job = Job(
      key: Job.Key(world: row["world"], id: row["id"]), task: row["task"], service: row["service"],
      origin: row["origin"],
      status: JobStatus(rawValue: row["status"]) ?? .failed, inputs: values(of: row["inputs"]),
      submitted: row["submitted"])
    job.results = values(of: row["results"])
    job.started = row["started"]
    job.ended = row["ended"]
    job.messages = try Row.fetchAll(
      db, sql: "SELECT kind, text FROM message WHERE job = ? ORDER BY number", arguments: [number]
    ).map { JobMessage(JobMessage.Kind(rawValue: $0["kind"]) ?? .informative, $0["text"]) }
    let policy = (try? JSON(parsing: row["policy"] as String))?.object.flatMap { try? JobPolicy(json: $0) }
    return Stored(job: job, policy: policy ?? .standard)
  }

  private static func text(of values: [JobValue]) -> String {
    JSON.array(values.map { ["name": .string($0.name), "dataType": .string($0.dataType), "value": $0.value] }).text()
  }

  private static func values(of text: String) -> [JobValue] {
    ((try? JSON(parsing: text))?.array ?? []).compactMap { json in
      guard let name = json["name"]?.string, let type = json["dataType"]?.string else { return nil }
      return JobValue(name, dataType: type, json["value"] ?? .null)
    }
  }
}
