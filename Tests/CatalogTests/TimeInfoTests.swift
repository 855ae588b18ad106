import Logging
import Testing

@testable import Catalog

@Suite("The timeInfo of a service.json")
struct TimeInfoTests {
  private static let rasters =
    #""rasters": {"a.tif": {"Begins": "2008-01-01", "Ends": "2009-01-01", "Clouds": 3, "Note": "2008-01-01 or so"}}"#

  private func read(_ timeInfo: String, kind: ServiceKind = .mosaicDataset) throws(ServiceFileError) -> ServiceFile {
    try ServiceFileReader.read(Array("{\"timeInfo\": \(timeInfo), \(Self.rasters)}".utf8), kind: kind)
  }

  @Test(
    "names date fields of the rasters in any case; without an end the start is the end",
    arguments: [
      (#"{"startTimeField": "Begins", "endTimeField": "Ends"}"#, "Ends"),
      (#"{"startTimeField": "BEGINS", "endTimeField": "ends"}"#, "Ends"),
      (#"{"startTimeField": "Begins", "endTimeField": "Begins"}"#, "Begins"),
      (#"{"startTimeField": "Begins"}"#, "Begins"),
      (#"{"startTimeField": "Begins", "endTimeField": null}"#, "Begins"),
    ])
  func fields(_ text: String, _ end: String) throws {
    let file = try read(text)
    #expect(file.settings.timeInfo == TimeInfo(startField: "Begins", endField: end))
    #expect(file.warnings == [])
  }

  @Test("is none where nothing is said")
  func none() throws {
    #expect(try read("null").settings.timeInfo == nil)
    #expect(try read("null").warnings == [])
    #expect(ServiceSettings(kind: .mosaicDataset).timeInfo == nil)
  }

  @Test("may stand before the fields that it names, and name declared ones")
  func declared() throws {
    let file = try ServiceFileReader.read(
      Array(
        #"{"timeInfo": {"startTimeField": "t"}, "fields": [{"name": "T", "type": "esriFieldTypeDate"}]}"#.utf8),
      kind: .mosaicDataset)
    #expect(file.settings.timeInfo == TimeInfo(startField: "T", endField: "T"))
  }

  @Test(
    "with fields that are not there, or are no dates, is passed over with a warning that names them",
    arguments: [
      (#"{"startTimeField": "AcqDate"}"#, ["AcqDate"]),
      (#"{"startTimeField": "Begins", "endTimeField": "Stops"}"#, ["Stops"]),
      (#"{"startTimeField": "Clouds", "endTimeField": "Note"}"#, ["Clouds", "Note"]),
      (#"{"startTimeField": "Name"}"#, ["Name"]), (#"{"startTimeField": "", "endTimeField": "Ends"}"#, [""]),
      (#"{"startTimeField": "Shape", "endTimeField": "Shape"}"#, ["Shape"]),
    ])
  func unusable(_ text: String, _ names: [String]) throws {
    let file = try read(text)
    #expect(file.settings.timeInfo == nil)
    #expect(file.warnings.count == names.count)
    for (warning, name) in zip(file.warnings, names) { #expect(warning.contains("names \(name), ")) }
    #expect(file.fields.count == 4, "the rest of the file holds")
  }

  @Test("is not for one raster, and has no other members")
  func passedOver() throws {
    let lone = try read(#"{"startTimeField": "Begins"}"#, kind: .rasterDataset)
    #expect(lone.settings.timeInfo == nil && lone.warnings.count == 1)
    let more = try read(#"{"startTimeField": "Begins", "timeInterval": 1}"#)
    #expect(more.settings.timeInfo != nil)
    #expect(more.warnings == ["\"timeInterval\" of \"timeInfo\" means nothing here and is passed over"])
  }

  @Test(
    "of the wrong type is refused with the member that is",
    arguments: [
      ("7", "startTimeField"), ("[]", "startTimeField"), ("{}", "startTimeField"),
      (#"{"startTimeField": 1}"#, "startTimeField"), (#"{"startTimeField": null}"#, "startTimeField"),
      (#"{"startTimeField": "Begins", "endTimeField": 1}"#, "endTimeField"),
    ])
  func refuses(_ text: String, _ member: String) throws {
    let error = #expect(throws: ServiceFileError.self) { try read(text) }
    #expect(error?.reason.contains("\"\(member)\"") == true)
  }

  /// Times of rasters in days since 1970: a span, one that begins where it ends, a moment, one without an end, one that
  /// ends before it begins.
  private static let service = """
    {"timeInfo": {"startTimeField": "Begins", "endTimeField": "Ends"}, "rasters": {
      "a.tif": {"Begins": "1970-01-11", "Ends": "1970-01-21"}, "b.tif": {"Begins": "1970-01-21", "Ends": "1970-01-31"},
      "c.tif": {"Begins": "1970-02-10", "Ends": "1970-02-10"}, "d.tif": {"Begins": "1970-01-11"},
      "e.tif": {"Begins": "1970-01-21", "Ends": "1970-01-11"}, "f.tif": {"Name": "F"}}}
    """

  /// Days, and the object ids of the rasters that meet them: a is 10…20, b 20…30, c 40.
  private static let spans: [(TimeSpan, [Int64])] = [
    (9...9, []), (10...10, [1]), (15...15, [1]), (20...20, [1, 2]), (30...30, [2]), (31...39, []), (40...40, [3]),
    (41...99, []), (0...10, [1]), (12...13, [1]), (30...40, [2, 3]), (0...99, [1, 2, 3]),
  ]

  private static func milliseconds(_ days: TimeSpan) -> TimeSpan {
    days.lowerBound * 86_400_000...days.upperBound * 86_400_000
  }

  private func store(_ folder: TemporaryFolder, indexLimit: Int) throws -> CatalogStore {
    try CatalogStore(
      folder: DataFolder(path: "\(folder.path)/data"), state: StateFolder(path: "\(folder.path)/state"), threads: 1,
      indexLimit: indexLimit, logger: Logger(label: "test"))
  }

  @Test("lets a query find what meets a span, ends included; in memory, in the database, and after a restart")
  func matching() throws {
    let folder = try TemporaryFolder()
    for (index, name) in ["a", "b", "c", "d", "e", "f"].enumerated() {
      let west = Double(index) * 10
      try folder.raster("data/M.ImageServer/\(name).tif", west: west, north: 10, east: west + 10, south: 0)
    }
    try folder.write(Self.service, to: "data/M.ImageServer/service.json")
    for indexLimit in [100, 0] {
      let store = try store(folder, indexLimit: indexLimit)
      let service = try #require(try store.service(at: "M"))
      #expect(service.settings.timeInfo == TimeInfo(startField: "Begins", endField: "Ends"))
      #expect(store.problems.map(\.reason) == ["\"e.tif\" has no time: its Ends is before its Begins"])
      func found(_ query: RasterQuery) throws -> [Int64] { try store.rasters(of: service, query).map(\.objectId) }
      for (days, ids) in Self.spans {
        let span = Self.milliseconds(days)
        #expect(try found(RasterQuery(time: span)) == ids, "\(days)")
        #expect(try found(RasterQuery(condition: even(service), time: span)) == ids.filter { $0 % 2 == 0 })
        #expect(try found(RasterQuery(envelope: service.extent, time: span)) == ids)
        #expect(try found(RasterQuery(objectIds: [3, 4], time: span)) == ids.filter { $0 == 3 })
      }
      #expect(try found(RasterQuery(time: .min ... .max)) == [1, 2, 3])
      #expect(try found(RasterQuery(time: .min...864_000_000)) == [1])
      #expect(try found(RasterQuery(time: .min...863_999_999)) == [])
      #expect(try found(RasterQuery(time: 3_456_000_000 ... .max)) == [3])
      #expect(try found(RasterQuery(time: 3_456_000_001 ... .max)) == [])
      for _ in 0..<2 { #expect(try store.timeExtent(of: service) == Self.milliseconds(10...40)) }
    }
  }

  private func even(_ service: ImageService) throws -> WhereClause {
    try WhereClause(parsing: "MOD(OBJECTID, 2) = 0", fields: service.fields)
  }

  @Test("that is not there leaves every raster in, and is noticed when it comes or goes between two starts")
  func comesAndGoes() throws {
    let folder = try TemporaryFolder()
    try folder.raster("data/M.ImageServer/a.tif")
    try folder.raster("data/M.ImageServer/b.tif")
    let rasters = #""rasters": {"a.tif": {"T": "1970-01-02"}}"#
    for (text, ids) in [
      ("{\(rasters)}", [1, 2]), ("{\"timeInfo\": {\"startTimeField\": \"T\"}, \(rasters)}", [1]),
      ("{\(rasters), \"timeInfo\": null}", [1, 2]),
    ] as [(String, [Int64])] {
      try folder.write(text, to: "data/M.ImageServer/service.json")
      let store = try store(folder, indexLimit: 100)
      let service = try #require(try store.service(at: "M"))
      #expect(try store.rasters(of: service, RasterQuery(time: 86_400_000...86_400_000)).map(\.objectId) == ids)
      #expect(try store.timeExtent(of: service) == (ids == [1] ? 86_400_000...86_400_000 : nil))
    }
  }

  @Test("has no extent where no raster has a time")
  func noTimes() throws {
    let folder = try TemporaryFolder()
    try folder.raster("data/M.ImageServer/a.tif")
    try folder.write(
      #"{"timeInfo": {"startTimeField": "T"}, "fields": [{"name": "T", "type": "esriFieldTypeDate"}]}"#,
      to: "data/M.ImageServer/service.json")
    let store = try store(folder, indexLimit: 100)
    let service = try #require(try store.service(at: "M"))
    #expect(service.settings.timeInfo != nil)
    for _ in 0..<2 { #expect(try store.timeExtent(of: service) == nil) }
    #expect(try store.rasters(of: service, RasterQuery(time: .min ... .max)).isEmpty)
  }
}
