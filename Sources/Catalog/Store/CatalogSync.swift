import Datasets
import GRDB
import Logging

/// Brings the database up to what the data folder holds: reads what is new or changed, forgets what is gone, and leaves
/// the rest alone.
struct CatalogSync {
  let folder: DataFolder
  let database: any DatabaseWriter
  let references: SpatialReferenceTable
  let scan: RasterScan
  let logger: Logger

  /// A service with what is known of it now; the lists of its files and their attributes are in the database.
  struct Synced {
    let name: ServiceName
    let settings: ServiceSettings
    let addedFields: [CatalogField]
    let record: ServiceRecord
  }

  /// What the whole pass found.
  struct Outcome {
    var services: [Synced] = []
    var problems: [CatalogProblem] = []
    /// How many rasters were read.
    var rastersRead = 0
  }

  /// How many rasters are read between two transactions: what is lost when a first start is cut short.
  private static let batchSize = 512

  /// What the database knows before the pass.
  private struct Known {
    var services: [String: ServiceRecord]
    /// Object id and stamps of rasters, by service and path.
    var rasters: [Int64: [String: (objectId: Int64, files: String)]]
    /// Stamps and reasons of files that can't be read, by path.
    var problems: [String: (files: String, reason: String)]
  }

  /// Makes the pass.
  func run() throws -> Outcome {
    var known = try database.read { db in try fetchKnown(db) }
    var outcome = Outcome(problems: folder.problems)
    try forget(&known)
    for source in folder.services {
      try sync(source, known: known, outcome: &outcome)
    }
    logger.debug(
      "The catalog holds \(outcome.services.count) image services; \(outcome.rastersRead) rasters were read anew.")
    return outcome
  }

  private func fetchKnown(_ db: Database) throws -> Known {
    try references.load(from: db)
    var known = Known(services: try ServiceRecord.fetchAll(db), rasters: [:], problems: [:])
    let rasters = try Row.fetchCursor(db, sql: "SELECT service, objectId, path, files FROM raster")
    while let row = try rasters.next() { known.rasters[row[0], default: [:]][row[2]] = (row[1], row[3]) }
    let problems = try Row.fetchCursor(db, sql: "SELECT path, files, reason FROM problem")
    while let row = try problems.next() { known.problems[row[0]] = (row[1], row[2]) }
    return known
  }

  /// Removes services and problems whose files are gone.
  private func forget(_ known: inout Known) throws {
    let paths = Set(folder.services.map(\.path))
    let files = Set(folder.services.flatMap { $0.rasters.map(\.path) })
    let goneServices = known.services.values.filter { !paths.contains($0.path) }
    let goneProblems = known.problems.keys.filter { !files.contains($0) }
    guard !goneServices.isEmpty || !goneProblems.isEmpty else { return }
    try database.write { db in
      for service in goneServices {
        try db.execute(sql: "DELETE FROM service WHERE id = ?", arguments: [service.id])
      }
      for path in goneProblems { try db.execute(sql: "DELETE FROM problem WHERE path = ?", arguments: [path]) }
    }
    for service in goneServices { known.services[service.path] = nil }
    for path in goneProblems { known.problems[path] = nil }
  }

  private func sync(_ source: ServiceSource, known: Known, outcome: inout Outcome) throws {
    let file = readSettings(of: source, problems: &outcome.problems)
    let stamp = source.settings.map { StampText.text([$0.stamp]) } ?? ""
    var record =
      try known.services[source.path] ?? database.write { db in try ServiceRecord(adding: source.path, in: db) }
    let rasters = known.rasters[record.id] ?? [:]
    var changed: [RasterSource] = []
    for raster in source.rasters {
      let files = StampText.text(raster.files)
      if rasters[raster.path]?.files == files { continue }
      if let problem = known.problems[raster.path], problem.files == files, raster.strayFile == nil {
        outcome.problems.append(CatalogProblem(path: raster.path, reason: problem.reason, severity: .error))
        continue
      }
      changed.append(raster)
    }
    let present = Set(source.rasters.map(\.path))
    let gone = rasters.filter { !present.contains($0.key) }.map(\.value.objectId)
    if !changed.isEmpty || !gone.isEmpty || record.settings != stamp || !record.settled {
      record.settled = false
      record.settings = stamp
      try remove(gone, from: record)
      for start in stride(from: 0, to: changed.count, by: Self.batchSize) {
        let batch = Array(changed[start..<min(start + Self.batchSize, changed.count)])
        try read(batch, rasters: rasters, record: &record, outcome: &outcome)
      }
      try settle(&record, file: file, outcome: &outcome)
    }
    guard record.summary != nil else {
      if source.kind == .mosaicDataset {
        outcome.problems.append(
          CatalogProblem(path: source.path, reason: "has no raster that can be served", severity: .error))
      }
      return
    }
    outcome.services.append(
      Synced(
        name: ServiceName(folder: source.folder, name: source.name, kind: source.kind), settings: file.settings,
        addedFields: file.fields, record: record))
  }

  private func remove(_ objectIds: [Int64], from record: ServiceRecord) throws {
    try database.write { db in
      try record.update(db)
      for objectId in objectIds {
        try db.execute(
          sql: "DELETE FROM raster WHERE service = ? AND objectId = ?", arguments: [record.id, objectId])
      }
    }
  }

  private func read(
    _ batch: [RasterSource], rasters: [String: (objectId: Int64, files: String)], record: inout ServiceRecord,
    outcome: inout Outcome
  ) throws {
    let results = scan.read(batch)
    outcome.rastersRead += batch.count
    var updated = record
    var problems: [CatalogProblem] = []
    try database.write { db in
      for (source, result) in zip(batch, results) {
        let known = rasters[source.path]?.objectId
        switch result {
        case .success(let info):
          if known == nil { updated.nextObjectId += 1 }
          try RasterRecord.write(
            info, of: source, service: updated.id, objectId: known ?? updated.nextObjectId - 1,
            reference: references.id(of: info.georeference.spatialReference, in: db), in: db)
          try db.execute(sql: "DELETE FROM problem WHERE path = ?", arguments: [source.path])
        case .failure(let error):
          problems.append(CatalogProblem(path: source.path, reason: error.reason, severity: .error))
          try db.execute(
            sql: "DELETE FROM raster WHERE service = ? AND objectId = ?", arguments: [updated.id, known])
          try db.execute(
            sql: "INSERT OR REPLACE INTO problem (path, files, reason) VALUES (?, ?, ?)",
            arguments: [source.path, StampText.text(source.files), error.reason])
        }
      }
      try updated.update(db)
    }
    record = updated
    outcome.problems += problems
  }

  /// Places the rasters of a service and sums them up.
  private func settle(_ record: inout ServiceRecord, file: ServiceFile, outcome: inout Outcome) throws {
    var updated = record
    var problems: [CatalogProblem] = []
    try database.write { db in
      var rasters = try RasterRecord.fetchAll(db, service: updated.id, references: references)
      updated.summary = nil
      if !rasters.isEmpty {
        let settlement = ServiceSettlement(rasters: rasters, file: file)
        for index in rasters.indices {
          rasters[index].place = settlement.place(of: rasters[index])
          if let place = rasters[index].place {
            try RasterRecord.write(place, of: rasters[index].id, service: updated.id, in: db)
          } else {
            try RasterRecord.removePlace(of: rasters[index].id, in: db)
            let reason = "has no place in \(settlement.reference.name), the spatial reference of its service"
            problems.append(CatalogProblem(path: rasters[index].path, reason: reason, severity: .error))
          }
        }
        updated.summary = ServiceSummary(
          of: rasters.filter { $0.place != nil }, reference: try references.id(of: settlement.reference, in: db))
      }
      // A raster without a place is tried again, and reported again, at the next start.
      updated.settled = problems.isEmpty
      try updated.update(db)
    }
    record = updated
    outcome.problems += problems
  }

  private func readSettings(of source: ServiceSource, problems: inout [CatalogProblem]) -> ServiceFile {
    let plain = ServiceFile(kind: source.kind)
    guard let path = source.settings?.path else { return plain }
    do {
      let file = try read(path, kind: source.kind)
      let warnings = file.warnings + file.mismatches(with: source)
      problems += warnings.map { CatalogProblem(path: path, reason: $0, severity: .warning) }
      return file
    } catch {
      problems.append(CatalogProblem(path: path, reason: error.reason, severity: .error))
      return plain
    }
  }

  private func read(_ path: String, kind: ServiceKind) throws(ServiceFileError) -> ServiceFile {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read("\(folder.root)/\(path)", limit: Self.largestSettings)
    } catch {
      throw ServiceFileError(reason: "can't be read: \(error.reason)")
    }
    return try ServiceFileReader.read(bytes, kind: kind)
  }

  /// The longest `service.json`, in bytes: attributes of a hundred thousand rasters fit in.
  private static let largestSettings = 64 << 20
}
