import Dispatch
import Spatial
import Locking
import Testing

@testable import Catalog

@Suite("A store that many threads ask")
struct ConcurrencyTests {
  @Test("gives each of them what it gives one")
  func parallel() throws {
    let folder = try TemporaryFolder()
    for index in 0..<8 {
      let west = Double(index) * 10
      try folder.raster("M.ImageServer/\(index).tif", burn: Double(index), west: west, east: west + 10)
    }
    let store = try CatalogStore.open(dataFolder: folder.path)
    let service = try #require(try store.service(at: "M"))
    let even = try WhereClause(parsing: "MOD(OBJECTID, 2) = 0", fields: service.fields)
    let failures = Locked<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 32) { index in
      do {
        // Raster i has the object id i + 1 and lies at x from 10 i to 10 i + 10.
        let box = Envelope(xmin: Double(index % 8) * 10 + 1, ymin: 1, xmax: Double(index % 8) * 10 + 2, ymax: 2)
        let found = try store.rasters(of: service, RasterQuery(envelope: box)).map(\.objectId)
        if found != [Int64(index % 8) + 1] { failures.withLock { $0.append("\(box): \(found)") } }
        let evens = try store.rasters(of: service, RasterQuery(condition: even)).map(\.objectId)
        if evens != [2, 4, 6, 8] { failures.withLock { $0.append("even: \(evens)") } }
        let statistics = try store.statistics(of: service)
        // 0 to 7 in equal parts: mean 3.5.
        if statistics.first??.mean != 3.5 { failures.withLock { $0.append("\(statistics)") } }
        if try store.service(at: "M")?.rasterCount != 8 { failures.withLock { $0.append("service") } }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
  }
}
