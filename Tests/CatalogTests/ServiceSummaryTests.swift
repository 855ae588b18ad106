import Pixels
import Testing

@testable import Catalog

@Suite("What the rasters of a service have in common")
struct ServiceSummaryTests {
  @Test(
    "is the smallest pixel type that holds all values of both exactly",
    arguments: [
      (PixelType.u8, PixelType.u8, PixelType.u8), (.u1, .u8, .u8), (.u8, .s8, .s16), (.u8, .s16, .s16),
      (.u16, .s16, .s32),
      (.u16, .s8, .s32), (.u32, .s32, .f64), (.u32, .u16, .u32), (.u16, .f32, .f32), (.u32, .f32, .f64),
      (.s32, .f32, .f64),
      (.f32, .f64, .f64), (.s32, .f64, .f64),
    ])
  func pixelTypes(left: PixelType, right: PixelType, expected: PixelType) {
    #expect(left.union(right) == expected)
    #expect(right.union(left) == expected)
  }

  @Test("is its bands, its nodata value, its palette and its size")
  func summary() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/a.tif", width: 20, height: 10, bands: 3, burn: 1)
    try folder.raster("M.ImageServer/b.tif", width: 40, height: 20, bands: 1, type: "Int16", burn: 1)
    try folder.raster("base.tif", width: 6, height: 4)
    try folder.run("gdal_translate", "-q", "-a_nodata", "9", "base.tif", folder.file("N.ImageServer/a.tif"))
    try folder.run("gdal_translate", "-q", "-a_nodata", "9", "base.tif", folder.file("N.ImageServer/b.tif"))
    try folder.run("gdal_translate", "-q", "-a_nodata", "8", "base.tif", folder.file("D.ImageServer/a.tif"))
    try folder.copy("N.ImageServer/a.tif", to: "D.ImageServer/b.tif")
    try folder.run(
      "/usr/bin/python3", "-c",
      """
      from osgeo import gdal
      b = gdal.Open('base.tif')
      d = gdal.GetDriverByName('GTiff').Create('Palette.tif', 6, 4)
      d.SetGeoTransform(b.GetGeoTransform()); d.SetProjection(b.GetProjection())
      c = gdal.ColorTable(); c.SetColorEntry(3, (10, 20, 30, 255)); d.GetRasterBand(1).SetColorTable(c)
      """)
    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(store.problems == [])
    let mixed = try #require(try store.service(at: "M"))
    #expect(mixed.bandCount == 3)
    #expect(mixed.pixelType == .s16)
    #expect(mixed.noData == [nil, nil, nil])
    #expect(mixed.colormap == nil)
    // Both cover 10 by 10 degrees: b has the finer cells.
    #expect(mixed.pixelSizeX == 0.25)
    #expect(mixed.pixelSizeY == 0.5)
    #expect(mixed.uncompressedSize == 20 * 10 * 3 + 40 * 20 * 2)
    #expect(try store.service(at: "N")?.noData == [9])
    #expect(try store.service(at: "D")?.noData == [nil])
    let palette = try #require(try store.service(at: "Palette")?.colormap)
    #expect(palette[3] == SIMD4(10, 20, 30, 255))
  }
}
