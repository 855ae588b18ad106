import Foundation
import JSONValue
import Testing

@Suite("inspect tells what a folder would give")
struct InspectTests {
  static let good = """
    write('Elevation.tif', smooth(1, 20, 30, np.float32, 0, 9), (0, 0, 300, 200), 'EPSG:3857')
    write('Mosaic.ImageServer/a.tif', smooth(3, 20, 30, np.uint8, 0, 9), (0, 0, 300, 200), 'EPSG:31985')
    write('Mosaic.ImageServer/b.tif', smooth(3, 20, 30, np.uint8, 0, 9), (300, 0, 600, 200), 'EPSG:31985')
    write('Folder/Inner.tif', smooth(1, 20, 30, np.int16, 0, 9), (0, 0, 3, 2), 'EPSG:4326')
    """

  @Test("services as text and as JSON, exit 0")
  func services() throws {
    let folder = try TemporaryFolder()
    try GDAL.shared.run(Self.good, in: folder)
    let text = try Program.run(["inspect", folder.path])
    #expect(text.status == 0, "\(text)")
    for part in ["Elevation", "Mosaic", "Folder/Inner", "F32", "U8", "S16", "3857", "31985", "4326"] {
      #expect(text.output.contains(part), "\(part)")
    }
    let outcome = try Program.run(["inspect", folder.path, "--json"])
    #expect(outcome.status == 0)
    let services = try #require(try JSON(parsing: outcome.output)["services"]?.array)
    #expect(services.compactMap { $0["name"]?.string }.sorted() == ["Elevation", "Folder/Inner", "Mosaic"])
    let mosaic = try #require(services.first { $0["name"] == "Mosaic" })
    #expect(mosaic["rasters"] == 2 && mosaic["bands"] == 3 && mosaic["wkid"] == 31985 && mosaic["pixelType"] == "U8")
  }

  @Test("each file that can't be served is named with its reason, exit 1, and the rest is served")
  func broken() throws {
    let folder = try TemporaryFolder()
    try GDAL.shared.run(
      Self.good + """

        data = open('Elevation.tif', 'rb').read()
        open('Cut.tif', 'wb').write(data[:60])
        open('Empty.tif', 'wb').write(b'')
        open('Text.tif', 'w').write('no raster')
        d = gdal.GetDriverByName('GTiff').Create('Nowhere.tif', 5, 5)
        d = None
        d = gdal.GetDriverByName('GTiff').Create('Rotated.tif', 5, 5)
        d.SetGeoTransform((0, 1, 0.5, 0, 0.5, -1))
        d.SetProjection(reference('EPSG:3857'))
        d = None
        # A directory that says 4 billion columns and rows.
        import struct
        tags = [(256, 4, 1, 4294967295), (257, 4, 1, 4294967295), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
                (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 4294967295), (279, 4, 1, 10)]
        open('Lying.tif', 'wb').write(
            struct.pack('<2sHIH', b'II', 42, 8, len(tags)) + b''.join(struct.pack('<HHII', *t) for t in tags) + bytes(4))
        """, in: folder)
    let files = ["Cut", "Empty", "Text", "Nowhere", "Rotated", "Lying"]
    let outcome = try Program.run(["inspect", folder.path, "--json"])
    #expect(outcome.status == 1)
    let report = try JSON(parsing: outcome.output)
    let problems = report["problems"]?.array ?? []
    for file in files {
      let problem = problems.first { $0["path"]?.string?.contains("\(file).tif") == true }
      #expect(problem?["reason"]?.string?.isEmpty == false, "\(file)")
    }
    #expect(report["services"]?.array?.compactMap { $0["name"]?.string }.contains("Elevation") == true)
    let text = try Program.run(["inspect", folder.path])
    #expect(text.status == 1 && files.allSatisfy { text.output.contains("\($0).tif") }, "\(text.output)")

    let server = try ServerProcess(folder.path)
    let names = try server.get("?f=json").json["services"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.sorted() == ["Elevation", "Mosaic"])
    for file in files { #expect(server.log.contains("\(file).tif"), "\(file) is in the log") }
    try server.stop()
  }

  @Test("inspect leaves nothing in the folder")
  func leavesNothing() throws {
    let folder = try TemporaryFolder()
    try GDAL.shared.run(Self.good, in: folder)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    _ = try Program.run(["inspect", folder.path])
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
  }
}
