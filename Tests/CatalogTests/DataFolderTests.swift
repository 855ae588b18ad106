import Spatial
import Testing

@testable import Catalog

@Suite("A data folder")
struct DataFolderTests {
  @Test("gives a raster dataset for a lone raster, a mosaic for an ImageServer folder, and folders one level deep")
  func conventions() throws {
    let folder = try TemporaryFolder()
    try folder.raster("Elevation.tif")
    try folder.copy("Elevation.tif", to: "Imagery.ImageServer/only.tif")
    try folder.copy("Elevation.tif", to: "Europe/Olinda.tiff")
    try folder.copy("Elevation.tif", to: "Europe/Towns.imageserver/a.TIF")
    try folder.copy("Elevation.tif", to: "Europe/Deep/Too.tif")
    try folder.copy("Elevation.tif", to: "Roads.VectorTileServer/a.tif")
    try folder.copy("Elevation.tif", to: "Utilities/RasterUtilities.GPServer/a.tif")
    try folder.copy("Elevation.tif", to: ".hidden.tif")
    try folder.write("{}", to: "users.json")
    try folder.write("words", to: "README.md")
    try folder.write("", to: "Basemap.mbtiles")
    try folder.write("words", to: "Broken.vtpk")
    try folder.write("{}", to: "Europe/Rivers.VectorTileServer/rivers.geojson")
    try folder.write("{}", to: "Streets.VectorTileServer/a.geojson")
    try folder.write("{}", to: "Streets.VectorTileServer/b.geojson")
    try folder.write(
      #"{"copyrightText": "Nobody", "layers": [{"file": "b", "name": "lanes", "minzoom": 3}, {"file": "none"}]}"#,
      to: "Streets.VectorTileServer/service.json")
    func layer(_ file: String, name: String? = nil) -> LayerOptions {
      var options = LayerOptions(file: file)
      if let name {
        options.name = name
        options.minzoom = 3
      }
      return options
    }

    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(
      store.services() == [
        ServiceName(folder: nil, name: "Elevation", kind: .rasterDataset),
        ServiceName(folder: nil, name: "Imagery", kind: .mosaicDataset),
      ])
    #expect(store.folders == ["Europe"])
    #expect(store.services(inFolder: "Europe").map(\.path) == ["Europe/Olinda", "Europe/Towns"])
    #expect(store.services(inFolder: "Nowhere") == [])
    #expect(
      store.vectorServices.map(\.path) == ["Streets", "Europe/Rivers"]
        && store.vectorServices[0].source
          == .layers([
            .init(path: "\(store.dataFolder)/Streets.VectorTileServer/b.geojson", settings: layer("b", name: "lanes")),
            .init(path: "\(store.dataFolder)/Streets.VectorTileServer/a.geojson", settings: layer("a")),
          ])
    )
    #expect(store.vectorService(at: "Streets")?.settings.copyrightText == "Nobody")
    #expect(
      store.problems.map(\.path) == [
        "Basemap.mbtiles", "Broken.vtpk", "Europe/Deep", "Roads.VectorTileServer",
        "Streets.VectorTileServer/service.json",
      ])
    #expect(store.problems.map(\.severity) == [.error, .error, .warning, .error, .warning])

    #expect(try store.service(at: "Elevation")?.fields == [])
    #expect(try store.service(at: "Imagery")?.fields == CatalogField.standard)
    #expect(try store.service(at: "imagery") == nil, "names mind their case")
    #expect(try store.service(at: "Olinda") == nil, "a service in a folder is found by its whole path only")
  }

  @Test("takes files of any date", arguments: ["1600-01-01", "2300-01-01"])
  func dates(date: String) throws {
    let folder = try TemporaryFolder()
    try folder.raster("Elevation.tif")
    try folder.run("touch", "-d", date, "Elevation.tif")
    #expect(try CatalogStore.open(dataFolder: folder.path).services().map(\.name) == ["Elevation"])
  }

  @Test("serves the first of two services with one name, and reports the other")
  func clash() throws {
    let folder = try TemporaryFolder()
    try folder.raster("Elevation.tif")
    try folder.copy("Elevation.tif", to: "Elevation.ImageServer/a.tif")
    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(store.services() == [ServiceName(folder: nil, name: "Elevation", kind: .mosaicDataset)])
    #expect(
      store.problems == [
        CatalogProblem(
          path: "Elevation.tif", reason: "would be the service Elevation, which Elevation.ImageServer is already",
          severity: .error)
      ])
  }

  @Test("puts _ for what an address can't carry plainly")
  func names() throws {
    let folder = try TemporaryFolder()
    try folder.raster("my raster (2020).tif")
    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(store.services().map(\.name) == ["my_raster__2020_"])
    #expect(store.problems.map(\.severity) == [.warning])
  }

  @Test("never follows a link that leaves it, also not to a side file")
  func links() throws {
    let outside = try TemporaryFolder()
    try outside.raster("secret.tif")
    try outside.write("EPSG:3857", to: "secret.prj")
    try outside.copy("secret.tif", to: "folder/a.tif")
    let folder = try TemporaryFolder()
    try folder.raster("inside.tif")
    try folder.link("away.tif", to: "\(outside.path)/secret.tif")
    try folder.link("Away.ImageServer", to: "\(outside.path)/folder")
    try folder.link("nowhere.tif", to: "missing.tif")
    try folder.link("alias.tif", to: "inside.tif")
    try folder.link("Mosaic.ImageServer/away.tif", to: "\(outside.path)/secret.tif")
    try folder.copy("inside.tif", to: "Mosaic.ImageServer/inside.tif")
    try folder.copy("inside.tif", to: "side.tif")
    try folder.link("side.prj", to: "\(outside.path)/secret.prj")
    // A name that begins like the data folder's own is outside all the same.
    try outside.run("cp", "-r", folder.path, "\(folder.path)-twin")
    defer { _ = try? outside.run("rm", "-r", "\(folder.path)-twin") }
    try folder.link("twin.tif", to: "\(folder.path)-twin/inside.tif")

    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(store.services().map(\.name) == ["Mosaic", "alias", "inside"])
    let mosaic = try #require(try store.service(at: "Mosaic"))
    #expect(try store.rasters(of: mosaic).map(\.name) == ["inside"])
    #expect(
      Set(store.problems.map(\.path)) == [
        "away.tif", "Away.ImageServer", "nowhere.tif", "Mosaic.ImageServer/away.tif", "side.prj", "side.tif",
        "twin.tif",
      ])
  }

  @Test("that is not there or no folder is refused with the reason")
  func missing() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    #expect(throws: CatalogError.dataFolder(path: "\(folder.path)/none", reason: "No such file or directory")) {
      try CatalogStore.open(dataFolder: "\(folder.path)/none")
    }
    #expect(throws: CatalogError.dataFolder(path: "\(folder.path)/file", reason: "Not a directory")) {
      try CatalogStore.open(dataFolder: "\(folder.path)/file")
    }
  }

  @Test("takes PNG and JPEG rasters with their world file and .prj, and sees side files in capitals")
  func pictures() throws {
    let folder = try TemporaryFolder()
    try folder.raster("base.tif", width: 20, height: 10, bands: 3)
    try folder.run("gdal_translate", "-q", "-of", "PNG", "base.tif", folder.file("data/M.ImageServer/a.png"))
    try folder.run("gdal_translate", "-q", "-of", "JPEG", "base.tif", folder.file("data/M.ImageServer/b.jpg"))
    for side in ["a.png", "b.jpg"] { try folder.remove("data/M.ImageServer/\(side).aux.xml") }
    // Cells of 100 by 50 m; the centre of the north-western one is at (500050, 4999975).
    for side in ["a.PGW", "b.jgw"] {
      try folder.write("100\n0\n0\n-50\n500050\n4999975\n", to: "data/M.ImageServer/\(side)")
    }
    let prj = try folder.run("gdalsrsinfo", "-o", "wkt_esri", "EPSG:32633")
    for side in ["a.prj", "b.prj"] { try folder.write(prj, to: "data/M.ImageServer/\(side)") }
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    #expect(store.problems == [])
    let service = try #require(try store.service(at: "M"))
    let rasters = try store.rasters(of: service)
    #expect(rasters.map(\.info.format) == ["PNG", "JPEG"])
    #expect(rasters.map { $0.files.map(\.name) } == [["a.png", "a.PGW", "a.prj"], ["b.jpg", "b.jgw", "b.prj"]])
    #expect(service.spatialReference.wkid == 32633)
    #expect(service.extent == Envelope(xmin: 5e5, ymin: 5e6 - 500, xmax: 5e5 + 2000, ymax: 5e6))
    #expect(service.bandCount == 3)
  }

  @Test("with a broken, a rotated and an unreferenced raster serves the others and says why not these")
  func brokenRasters() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/good.tif")
    try folder.write("II*\u{0}nonsense", to: "M.ImageServer/broken.tif")
    try folder.write("", to: "M.ImageServer/empty.png")
    try folder.run("gdal_create", "-outsize", "4", "4", "-burn", "1", folder.file("M.ImageServer/nowhere.tif"))
    try folder.run(
      "/usr/bin/python3", "-c",
      """
      from osgeo import gdal
      d = gdal.GetDriverByName('GTiff').Create('M.ImageServer/rotated.tif', 4, 4)
      d.SetGeoTransform([0, 1, 0.5, 0, 0.5, -1])
      s = gdal.osr.SpatialReference(); s.ImportFromEPSG(4326); d.SetProjection(s.ExportToWkt())
      """)
    try folder.write("also nonsense", to: "Alone.tif")

    let store = try CatalogStore.open(dataFolder: folder.path)
    let service = try #require(try store.service(at: "M"))
    #expect(try store.rasters(of: service).map(\.name) == ["good"])
    #expect(service.rasterCount == 1)
    #expect(store.services().map(\.name) == ["M"])
    #expect(
      store.problems.map(\.path) == [
        "Alone.tif", "M.ImageServer/broken.tif", "M.ImageServer/empty.png", "M.ImageServer/nowhere.tif",
        "M.ImageServer/rotated.tif",
      ])
    #expect(store.problems.allSatisfy { !$0.reason.isEmpty && $0.severity == .error })
  }
}
