import Foundation
import Testing

@testable import Catalog

@Suite("The sample data")
struct SampleDataTests {
  @Test("is a catalog of four image services, one of them in a folder")
  func services() throws {
    let data = URL(fileURLWithPath: #filePath).appending(path: "../../../data").standardizedFileURL.path
    let store = try CatalogStore.open(dataFolder: data)
    #expect(store.problems == [])
    #expect(store.services().map(\.path) == ["BlueMarble", "Elevation", "Landsat7"])
    #expect(store.folders == ["Olinda"])
    #expect(store.services(inFolder: "Olinda").map(\.path) == ["Olinda/OlindaDEM"])
    for name in ["BlueMarble", "Elevation", "Landsat7", "Olinda/OlindaDEM"] {
      let service = try #require(try store.service(at: name))
      let rasters = try store.rasters(of: service)
      print(service)
      for r in rasters { print(r.objectId, r.name, r.footprint, r.lowPS, r.highPS, r.attributes, r.info.levels.count) }
    }
  }
}
