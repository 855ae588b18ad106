import Foundation
import Testing

@testable import Datasets

@Suite("The sample data")
struct SampleDataTests {
  private static let data = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data")
    .path

  @Test(
    "Every level of the smaller rasters gives GDAL's samples",
    arguments: [
      "BlueMarble.ImageServer/south_america.tif", "Elevation.ImageServer/himalaya_etopo5_5min.tif",
      "Elevation.ImageServer/jacksboro_srtm_3sec.tif", "Olinda/OlindaDEM.tif",
    ])
  func levels(name: String) throws {
    let path = Self.data + "/" + name
    let folder = try TemporaryFolder()
    try GDAL.run(in: folder, "dump('\(path)', 'a')")
    try expectSameAsGDAL(path, reference: folder.file("a"))
  }

  @Test("Six bands of Landsat are one raster in UTM zone 25 south")
  func landsat() throws {
    let info = try RasterFile.open(Self.data + "/Landsat7.ImageServer/olinda_l7_etm.tif").info
    #expect(info.bands == 6)
    #expect(info.pixelType == .u8)
    #expect(info.compression == "LZ77")
    #expect(info.georeference.spatialReference.latestWkid == 31985)
    #expect(abs(info.georeference.pixelWidth - 28.5) < 1e-6)
  }
}
