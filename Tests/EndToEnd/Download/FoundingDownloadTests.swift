import Foundation
import JSONValue
import Testing

/// A mosaic of twelve rasters, three to a row, where the example's envelope covers those with the ids 5, 6, 10, 11 and 12 in part
/// and one of them wholly.
@Suite(
  "The founding page's example of a download",
  .serving(
    """
    r = np.random.RandomState(9)
    for i in range(12):
        x, y = -1951000 + 1500 * (i % 4), 881500 + 1200 * (i // 4)
        write('Image.ImageServer/r%02d.tif' % (i + 1), r.randint(1, 255, (3, 120, 150)).astype(np.uint8), (x, y, x + 1500, y + 1200), 'ESRI:102009')
    """))
struct FoundingDownloadTests {
  @Test("its request, as it stands, gives a page; as JSON, the files that the envelope covers, clipped to TIFF")
  func example() throws {
    let geometry =
      "{\"xmin\":-1949594.8286481365,\n\"ymin\": 882737.0181116117,\"xmax\":-1946926.2791246006,\"ymax\":884828.2021675818,\"spatialReference\":{\"wkid\":102009}}"
    let parameters: Parameters = [
      "rasterIds": "5,6,10,11,12", "geometry": geometry, "geometryType": "esriGeometryEnvelope", "format": "TIFF",
    ]
    let page = try server().get("Image/ImageServer/download", parameters + ["f": "html"])
    #expect(page.mediaType == "text/html" && page.text.contains("/r06.tif"))
    let files =
      try server().get("Image/ImageServer/download", parameters + ["f": "json"]).json["rasterFiles"]?.array ?? []
    let box = (-1949594.8286481365, 882737.0181116117, -1946926.2791246006, 884828.2021675818)
    for id in [5, 6, 10, 11, 12] {
      let x = -1951000 + 1500 * Double((id - 1) % 4)
      let y = 881500 + 1200 * Double((id - 1) / 4)
      // What of the raster the envelope covers, out to the edges of pixels of 10 m.
      let left = max(x, x + ((box.0 - x) / 10).rounded(.down) * 10)
      let right = min(x + 1500, x + ((box.2 - x) / 10).rounded(.up) * 10)
      let bottom = max(y, y + ((box.1 - y) / 10).rounded(.down) * 10)
      let top = min(y + 1200, y + ((box.3 - y) / 10).rounded(.up) * 10)
      let entry = files.first { $0["rasterIds"] == [.int(id)] }
      guard right > left, top > bottom else {
        #expect(entry == nil, "raster \(id) lies beside the envelope")
        continue
      }
      let name = try #require(entry?["id"]?.string, "raster \(id)")
      let bytes = try server().get("Image/ImageServer/file", ["id": name, "rasterId": "\(id)"]).body
      let picture = try GDAL.shared.read(bytes)
      #expect(picture.width == Int((right - left) / 10) && picture.height == Int((top - bottom) / 10), "raster \(id)")
    }
  }
}
