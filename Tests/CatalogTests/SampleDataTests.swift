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

    let elevation = try #require(try store.service(at: "Elevation"))
    let rasters = try store.rasters(of: elevation)
    #expect(rasters.map(\.name) == ["Himalaya", "Jacksboro", "World"])
    // 2000-02-11T00:00:00Z, by date -u -d 2000-02-11 +%s.
    #expect(rasters[1].value(of: "acquisitiondate") == .date(950_227_200_000))
    #expect(rasters[2].value(of: "AcquisitionDate") == .null)
    // Its overviews are 2, 4 and 8 times as coarse as the base, whose cells are 10 minutes wide.
    #expect(abs(rasters[2].lowPS - 1.0 / 6) < 1e-12)
    #expect(abs(rasters[2].highPS - 8.0 / 6) < 1e-12)
  }
}
