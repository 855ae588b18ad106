import Foundation
import Logging
import Spatial
import Testing

@testable import Catalog

@Suite("A second start with the same state folder")
struct RestartTests {
  private func mosaic() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (index, name) in ["a", "b", "c"].enumerated() {
      try folder.raster(
        "data/M.ImageServer/\(name).tif", west: Double(index) * 10, north: 10, east: Double(index) * 10 + 10, south: 0)
    }
    return folder
  }

  private func open(_ folder: TemporaryFolder, state: String = "state") throws -> CatalogStore {
    try CatalogStore.open(dataFolder: "\(folder.path)/data", stateFolder: "\(folder.path)/\(state)")
  }

  private func names(_ store: CatalogStore) throws -> [Int64: String] {
    let service = try #require(try store.service(at: "M"))
    return Dictionary(uniqueKeysWithValues: try store.rasters(of: service).map { ($0.objectId, $0.name) })
  }

  @Test("reads nothing anew when nothing has changed, and remembers why a file can't be read")
  func unchanged() throws {
    let folder = try mosaic()
    try folder.write("nonsense", to: "data/M.ImageServer/bad.tif")
    let first = try open(folder)
    #expect(first.rastersRead == 4)
    let problems = first.problems
    let service = try #require(try first.service(at: "M"))
    let rasters = try first.rasters(of: service)
    let statistics = try first.statistics(of: service)
    _ = consume first

    let second = try open(folder)
    #expect(second.rastersRead == 0)
    #expect(second.problems == problems)
    #expect(problems.map(\.path) == ["M.ImageServer/bad.tif"])
    let again = try #require(try second.service(at: "M"))
    #expect(again.id == service.id)
    #expect(again.extent == service.extent)
    #expect(again.spatialReference == service.spatialReference)
    #expect(try second.statistics(of: again) == statistics)
    let same = try second.rasters(of: again)
    #expect(same.map(\.info) == rasters.map(\.info))
    #expect(same.map(\.footprint) == rasters.map(\.footprint))
    #expect(same.map(\.files) == rasters.map(\.files))
  }

  @Test("reads what has changed, keeps object ids, and never gives an id of a removed raster again")
  func changes() throws {
    let folder = try mosaic()
    #expect(try names(open(folder)) == [1: "a", 2: "b", 3: "c"])

    try folder.remove("data/M.ImageServer/c.tif")
    try folder.raster("data/M.ImageServer/b.tif", type: "Int16", west: 50, north: 60, east: 60, south: 50)
    try folder.copy("data/M.ImageServer/a.tif", to: "data/M.ImageServer/aa.tif")
    let second = try open(folder)
    #expect(second.rastersRead == 2)
    #expect(try names(second) == [1: "a", 2: "b", 4: "aa"])
    let service = try #require(try second.service(at: "M"))
    #expect(service.pixelType == .s16, "the smallest type that holds Byte and Int16")
    #expect(service.extent.xmax == 60)
    #expect(service.rasterCount == 3)
    _ = consume second

    // The R*Tree has neither what is gone nor where b was.
    let third = try CatalogStore(
      folder: DataFolder(path: "\(folder.path)/data"), state: StateFolder(path: "\(folder.path)/state"), threads: 1,
      indexLimit: 0, logger: Logger(label: "test"))
    func found(_ box: Envelope) throws -> [Int64] {
      try third.rasters(of: service, RasterQuery(envelope: box)).map(\.objectId)
    }
    #expect(try found(Envelope(xmin: 0, ymin: 0, xmax: 60, ymax: 60)) == [1, 2, 4])
    #expect(try found(Envelope(xmin: 10, ymin: 0, xmax: 30, ymax: 10)) == [])
    #expect(try found(Envelope(xmin: 51, ymin: 51, xmax: 52, ymax: 52)) == [2])
  }

  @Test("mends what a killed server left: rasters that were read but not summed up, or not read at all")
  func interrupted() throws {
    let folder = try mosaic()
    let first = try open(folder)
    let extent = try first.service(at: "M")?.extent
    _ = consume first
    try folder.run(
      "/usr/bin/python3", "-c",
      """
      import sqlite3
      c = sqlite3.connect('state/catalog.sqlite')
      c.execute('UPDATE service SET settled = 0, rasterCount = NULL, spatialReference = NULL')
      c.execute('UPDATE raster SET xmin = NULL')
      c.execute('DELETE FROM footprint'); c.execute('DELETE FROM raster WHERE objectId = 3'); c.commit()
      """)
    let second = try open(folder)
    #expect(second.rastersRead == 1)
    #expect(try names(second).values.sorted() == ["a", "b", "c"])
    #expect(try second.service(at: "M")?.extent == extent)
    #expect(try second.service(at: "M")?.rasterCount == 3)
  }

  @Test("sees a side file that came")
  func sideFile() throws {
    let folder = try mosaic()
    _ = try open(folder)
    try folder.write("<PAMDataset/>", to: "data/M.ImageServer/b.tif.aux.xml")
    let second = try open(folder)
    #expect(second.rastersRead == 1)
    let service = try #require(try second.service(at: "M"))
    #expect(try second.raster(2, of: service)?.files.map(\.name) == ["b.tif", "b.tif.aux.xml"])
    #expect(try second.raster(2, of: service)?.files[1].size == 13)
  }

  @Test("sees a change of service.json without reading rasters, and forgets services that are gone")
  func settings() throws {
    let folder = try mosaic()
    try folder.raster("data/Lone.tif")
    #expect(try open(folder).services().map(\.name) == ["Lone", "M"])
    try folder.remove("data/Lone.tif")
    try folder.write(#"{"rasters": {"b.tif": {"Name": "Beta"}}}"#, to: "data/M.ImageServer/service.json")
    let second = try open(folder)
    #expect(second.rastersRead == 0)
    #expect(second.services().map(\.name) == ["M"])
    #expect(try names(second) == [1: "a", 2: "Beta", 3: "c"])
  }

  @Test("makes a database anew that is broken or of another version")
  func brokenState() throws {
    let folder = try mosaic()
    _ = try open(folder)
    try folder.write("this is not a database at all, whatever it is called", to: "state/catalog.sqlite")
    #expect(try open(folder).rastersRead == 3)
    #expect(try open(folder).rastersRead == 0)

    try folder.run(
      "/usr/bin/python3", "-c",
      "import sqlite3; c = sqlite3.connect('state/catalog.sqlite'); c.execute('PRAGMA user_version = 999'); c.commit()")
    #expect(try open(folder).rastersRead == 3)

    // Pages in the middle are overwritten: found out at the first read of them.
    try folder.run(
      "/usr/bin/python3", "-c",
      """
      import os
      f = open('state/catalog.sqlite', 'r+b'); size = os.path.getsize('state/catalog.sqlite')
      f.seek(4096); f.write(b'\\xaa' * (size - 4096)); f.close()
      """)
    #expect(try names(open(folder)) == [1: "a", 2: "b", 3: "c"])
  }

  @Test("is refused while the first server runs, and possible after it")
  func lock() throws {
    let folder = try mosaic()
    let first = try open(folder)
    #expect(throws: CatalogError.stateInUse(path: "\(folder.path)/state")) { try open(folder) }
    #expect(try open(folder, state: "other").rastersRead == 3)
    #expect(first.rastersRead == 3)
    _ = consume first
    #expect(try open(folder).rastersRead == 0)
  }

  @Test("has nothing to find where there was no state folder: a temporary one goes with its store")
  func temporary() throws {
    let folder = try mosaic()
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    let state = store.statePath
    #expect(FileManager.default.fileExists(atPath: "\(state)/catalog.sqlite"))
    #expect(!state.hasPrefix(folder.path))
    _ = consume store
    #expect(!FileManager.default.fileExists(atPath: state))
  }

  @Test("can't be where no folder can be made")
  func noState() throws {
    let folder = try mosaic()
    try folder.write("", to: "file")
    #expect(throws: CatalogError.stateFolder(path: "\(folder.path)/file", reason: "it is not a folder")) {
      try open(folder, state: "file")
    }
    #expect(throws: CatalogError.self) { try open(folder, state: "file/below") }
  }
}
