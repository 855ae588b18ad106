import Datasets
import GRDB
import Logging
import Spatial
import Locking

/// The catalog of a data folder: its image services and their rasters, kept in SQLite, asked from any thread.
///
/// Opening it brings the database up to the folder. With a state folder the catalog outlives the process, and a next
/// start only reads what has changed; without one it lives in a temporary folder that goes with the store.
public final class CatalogStore: Sendable {
  /// The data folder, an absolute path without links.
  public let dataFolder: String
  /// Files that are not served as they stand, and why; in the order of their paths.
  public let problems: [CatalogProblem]
  /// The vector tile services, those at the root first, then folder by folder, each by name.
  public let vectorServices: [VectorService]
  /// How many raster files were read at the opening, rather than known from the last time.
  public let rastersRead: Int

  private let services: [CatalogSync.Synced]
  private let positions: [String: Int]
  let database: DatabasePool
  let references: SpatialReferenceTable
  private let indexes: Locked<IndexCache>
  private let indexLimit: Int
  private let stateFolder: StateFolder
  /// Statistics by service key, once they were asked for.
  let serviceStatistics = Locked<[Int64: [BandStatistics?]]>([:])
  /// Time extents by service key, once they were asked for; `nil` where no raster has a time.
  let serviceTimes = Locked<[Int64: TimeSpan?]>([:])

  /// Services with more rasters than this are searched in the database; smaller ones are kept in memory once they were
  /// asked for, as long as together they have no more.
  private static let indexLimit = 100_000

  /// Opens the catalog of a data folder.
  /// - Parameters:
  ///   - dataFolder: the folder to serve.
  ///   - stateFolder: where the catalog is kept, made where it is not there; `nil` for a temporary folder.
  ///   - threads: how many raster files are read at once.
  ///   - logger: where problems with the state are told.
  /// - Throws: `CatalogError`: the data folder can't be read, the state folder can't be written or is in use, SQLite fails.
  public static func open(
    dataFolder: String, stateFolder: String? = nil, threads: Int = 2, logger: Logger = Logger(label: "catalog")
  ) throws(CatalogError) -> CatalogStore {
    try CatalogStore(
      folder: DataFolder(path: dataFolder), state: StateFolder(path: stateFolder), threads: max(1, threads),
      indexLimit: indexLimit, logger: logger)
  }

  init(
    folder: DataFolder, state: StateFolder, threads: Int, indexLimit: Int, logger: Logger
  ) throws(CatalogError) {
    self.indexLimit = indexLimit
    indexes = Locked(IndexCache(limit: indexLimit))
    let references = SpatialReferenceTable()
    let pass: (DatabasePool) throws -> CatalogSync.Outcome = { database in
      try CatalogSync(
        folder: folder, database: database, references: references,
        scan: RasterScan(root: folder.root, threads: threads), logger: logger
      ).run()
    }
    let (database, outcome) = try CatalogDatabase.open(in: state, logger: logger, pass)
    self.database = database
    self.references = references
    stateFolder = state
    self.dataFolder = folder.root
    let vector = VectorCatalog(folder)
    vectorServices = vector.services.sorted { ($0.folder ?? "", $0.name) < ($1.folder ?? "", $1.name) }
    problems = (outcome.problems + vector.problems).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    rastersRead = outcome.rastersRead
    services = outcome.services
    positions = Dictionary(
      uniqueKeysWithValues: outcome.services.enumerated().map { ($1.name.path, $0) })
  }

  deinit { CatalogDatabase.close(database) }

  /// The folder that the catalog is kept in; one that is temporary goes with the store.
  public var statePath: String { stateFolder.path }

  // MARK: Services

  /// The services folders that have a service in them, by name.
  public var folders: [String] {
    Set(services.compactMap(\.name.folder) + vectorServices.compactMap(\.folder)).sorted()
  }

  /// All image services, those at the root first, then folder by folder, each by name.
  public var allServices: [ServiceName] {
    services.map(\.name).sorted { ($0.folder ?? "", $0.name) < ($1.folder ?? "", $1.name) }
  }

  /// How many image services there are.
  public var serviceCount: Int { services.count }

  /// The image services of a folder by name; those at the root for `nil`.
  public func services(inFolder folder: String? = nil) -> [ServiceName] {
    services.map(\.name).filter { $0.folder == folder }.sorted { $0.name < $1.name }
  }

  /// The image service of a path, `Folder/Name` or `Name` in its very case; `nil` when there is none.
  /// - Throws: `CatalogError.storage` when the database lacks the spatial reference of the service.
  public func service(at path: String) throws(CatalogError) -> ImageService? {
    guard let position = positions[path], let summary = services[position].record.summary else { return nil }
    let synced = services[position]
    guard let reference = references[summary.spatialReference] else {
      throw CatalogError.storage("the spatial reference of \(path) is not known")
    }
    return ImageService(
      id: synced.record.id, folder: synced.name.folder, name: synced.name.name, kind: synced.name.kind,
      spatialReference: reference, extent: summary.extent, pixelSizeX: summary.pixelSizeX,
      pixelSizeY: summary.pixelSizeY, bandCount: summary.bandCount, pixelType: summary.pixelType,
      noData: summary.noData, colormap: summary.colormap, format: summary.format, compression: summary.compression,
      rasterCount: summary.rasterCount, uncompressedSize: summary.uncompressedSize, settings: synced.settings,
      fields: synced.name.kind == .mosaicDataset ? CatalogField.standard + synced.addedFields : [])
  }

  /// The vector tile service of a path, in its very case; `nil` when there is none.
  public func vectorService(at path: String) -> VectorService? { vectorServices.first { $0.path == path } }

  // MARK: Rasters

  /// The rasters of a service for which every condition of a query holds, by object id.
  /// - Throws: `CatalogError.condition` when a number in the condition overflows, `.storage` when SQLite fails.
  public func rasters(of service: ImageService, _ query: RasterQuery = RasterQuery()) throws(CatalogError)
    -> [CatalogRaster]
  {
    var found: [CatalogRaster]
    if let index = try index(of: service) {
      if query.condition != nil {
        found = try objectIds(of: service, for: query).compactMap(index.raster)
      } else if let envelope = query.envelope {
        found = index.rasters(meeting: envelope, countingEdges: query.countsEdges)
      } else if let objectIds = query.objectIds {
        found = Set(objectIds).sorted().compactMap(index.raster)
      } else {
        found = index.rasters
      }
    } else {
      var conditions = [Self.condition(of: query, service: service)].compactMap(\.self)
      if let span = query.time, let timeInfo = service.settings.timeInfo {
        conditions.append(SQLCondition(meeting: span, of: timeInfo))
      }
      found = try read(service, where: .all(conditions))
    }
    found.removeAll { !query.isMet(by: $0.footprint) }
    if let objectIds = query.objectIds.map(Set.init) { found.removeAll { !objectIds.contains($0.objectId) } }
    if let cellSize = query.cellSize { found.removeAll { !$0.isVisible(at: cellSize) } }
    if let span = query.time, service.settings.timeInfo != nil {
      found.removeAll { !($0.time?.overlaps(span) ?? false) }
    }
    return found
  }

  /// The raster of an object id; `nil` when the service has none.
  /// - Throws: `CatalogError.storage` when SQLite fails.
  public func raster(_ objectId: Int64, of service: ImageService) throws(CatalogError) -> CatalogRaster? {
    if let index = try index(of: service) { return index.raster(objectId) }
    return try read(service, where: SQLCondition(sql: "objectId = ?", arguments: [objectId])).first
  }

  private func index(of service: ImageService) throws(CatalogError) -> RasterIndex? {
    if let known = indexes.withLock({ $0.index(of: service.id) }) { return known }
    if service.rasterCount > indexLimit { return nil }
    let made = RasterIndex(try read(service, where: nil))
    indexes.withLock { $0.keep(made, of: service.id) }
    return made
  }

  /// The object ids of what the database's part of a query holds for.
  private func objectIds(of service: ImageService, for query: RasterQuery) throws(CatalogError) -> [Int64] {
    let condition = Self.condition(of: query, service: service)
    return try CatalogDatabase.read(database) { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT objectId FROM raster WHERE service = ? AND xmin IS NOT NULL\(condition.map { " AND \($0.sql)" } ?? "")
          ORDER BY objectId
          """,
        arguments: [service.id] + (condition?.arguments ?? []))
    }
  }

  private func read(_ service: ImageService, where condition: SQLCondition?) throws(CatalogError) -> [CatalogRaster] {
    let types = Dictionary(uniqueKeysWithValues: service.fields.map { ($0.name, $0.type) })
    let (records, attributes) = try CatalogDatabase.read(database) { db in
      (
        try RasterRecord.fetchAll(db, service: service.id, references: references, where: condition),
        try AttributeRecord.fetchAll(db, service: service.id, where: condition)
      )
    }
    return records.compactMap { record in
      guard let place = record.place else { return nil }
      var item = place.item
      for (field, value) in attributes[record.id] ?? [:] {
        item.attributes[field] = types[field].map(value.typed(as:)) ?? value
      }
      return CatalogRaster(
        key: record.id, objectId: record.objectId, name: place.name, path: "\(dataFolder)/\(record.path)",
        files: record.files,
        info: record.info, footprint: place.footprint, pixelSizeX: place.pixelSizeX, pixelSizeY: place.pixelSizeY,
        item: item, time: service.settings.timeInfo?.time(of: item.attributes))
    }
  }

  /// The part of a query that the database answers; footprints there are single precision, rounded outwards.
  private static func condition(of query: RasterQuery, service: ImageService) -> SQLCondition? {
    var conditions: [SQLCondition] = []
    if let envelope = query.envelope {
      conditions.append(
        SQLCondition(
          sql: """
            id IN (SELECT id FROM footprint WHERE xmin <= ? AND xmax >= ? AND ymin <= ? AND ymax >= ?
              AND serviceMin <= ? AND serviceMax >= ?)
            """,
          arguments: [envelope.xmax, envelope.xmin, envelope.ymax, envelope.ymin, service.id, service.id]))
    }
    if let condition = query.condition {
      conditions.append(SQLCondition(sql: condition.sql, arguments: StatementArguments(condition.arguments)))
    }
    return .all(conditions)
  }
}
