import Foundation
import Spatial
import Testing

@testable import Datasets

@Suite("Georeferences")
struct GeoreferenceTests {
  /// What GDAL says of a raster: its transform and the longitude and latitude of its middle on WGS 84.
  private struct Expected: Decodable {
    var transform: [Double]
    var lon: Double
    var lat: Double
  }

  private static let prelude = """
    import json
    said = {}
    def where(name):
        ds = gdal.Open(name); t = ds.GetGeoTransform(); s = ds.GetSpatialRef()
        s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        w = osr.SpatialReference(); w.ImportFromEPSG(4326); w.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        lon, lat, _ = osr.CoordinateTransformation(s, w).TransformPoint(t[0] + 5 * t[1], t[3] + 5 * t[5])
        said[name] = {'transform': t, 'lon': lon, 'lat': lat}
        json.dump(said, open('said.json', 'w'))
    def placed(name, definition, x, y, size=1000.0, *options, driver='GTiff'):
        s = osr.SpatialReference(); s.SetFromUserInput(definition)
        ds = gdal.GetDriverByName('GTiff').Create(name, 10, 10, options=list(options))
        ds.SetGeoTransform([x, size, 0, y, 0, -size]); ds.SetProjection(s.ExportToWkt()); ds = None
        where(name)

    """

  private func expectPlaces(in folder: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let said = try JSONDecoder().decode([String: Expected].self, from: Data(folder.bytes("said.json")))
    for (name, expected) in said {
      let found: Georeference
      do { found = try RasterFile.open(folder.file(name)).info.georeference } catch {
        Issue.record("\(name): \(error)", sourceLocation: sourceLocation)
        continue
      }
      let t = expected.transform
      let step = abs(t[1])
      #expect(abs(found.originX - t[0]) < 1e-9 * step + 1e-9 * abs(t[0]), "\(name)", sourceLocation: sourceLocation)
      #expect(abs(found.originY - t[3]) < 1e-9 * step + 1e-9 * abs(t[3]), "\(name)", sourceLocation: sourceLocation)
      #expect(abs(found.pixelWidth - t[1]) < 1e-12 * step, "\(name)", sourceLocation: sourceLocation)
      #expect(abs(found.pixelHeight + t[5]) < 1e-12 * step, "\(name)", sourceLocation: sourceLocation)
      let middle = Point(x: t[0] + 5 * t[1], y: t[3] + 5 * t[5])
      let place = try #require(
        try Transformation.between(found.spatialReference, .wgs84).transform(middle), "\(name)",
        sourceLocation: sourceLocation)
      // A microdegree is a tenth of a metre: far below what a wrong parameter makes.
      #expect(abs(place.x - expected.lon) < 1e-6, "\(name): \(place)", sourceLocation: sourceLocation)
      #expect(abs(place.y - expected.lat) < 1e-6, "\(name): \(place)", sourceLocation: sourceLocation)
    }
  }

  @Test("EPSG and Esri codes and user-defined projections put a GeoTIFF where GDAL puts it")
  func projections() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      Self.prelude + """
        placed('4326.tif', 'EPSG:4326', 10, 50, 0.01)
        placed('32628.tif', 'EPSG:32628', 500000, 4000000)
        placed('2263.tif', 'EPSG:2263', 980000, 200000)
        placed('27572.tif', 'EPSG:27572', 600000, 2400000)
        placed('102009.tif', 'ESRI:102009', 100000, 200000)
        placed('54004.tif', 'ESRI:54004', 100000, 200000)
        laid = {
          'tmerc': '+proj=tmerc +lat_0=10 +lon_0=20 +k=0.99 +x_0=1000 +y_0=2000 +ellps=bessel +towgs84=100,200,300 +units=us-ft',
          'utm': '+proj=utm +zone=33 +ellps=intl', 'utms': '+proj=utm +zone=19 +south +ellps=bessel +towgs84=1,2,3,4,5,6,7',
          'merc1': '+proj=merc +k=0.9 +lon_0=7 +x_0=50 +datum=WGS84', 'merc2': '+proj=merc +lat_ts=40 +lon_0=7 +datum=WGS84',
          'lcc2': '+proj=lcc +lat_1=20 +lat_2=60 +lat_0=40 +lon_0=-96 +x_0=5 +y_0=6 +datum=NAD83',
          'lcc1': '+proj=lcc +lat_1=40 +lat_0=40 +lon_0=7 +k_0=0.99 +ellps=clrk66',
          'aea': '+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=23 +lon_0=-96 +x_0=9 +y_0=8 +datum=NAD83 +units=ft',
          'laea': '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80',
          'pstere_b': '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +datum=WGS84',
          'pstere_s': '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=10 +datum=WGS84',
          'pstere_a': '+proj=stere +lat_0=90 +k=0.994 +lon_0=5 +x_0=2000000 +y_0=2000000 +datum=WGS84',
          'stere': '+proj=stere +lat_0=40 +lon_0=5 +k=0.99 +datum=WGS84',
          'sterea': '+proj=sterea +lat_0=52.1 +lon_0=5.3 +k=0.9999 +x_0=155000 +y_0=463000 +ellps=bessel',
          'eqc': '+proj=eqc +lat_ts=40 +lon_0=5 +datum=WGS84', 'sinu': '+proj=sinu +lon_0=5 +R=6371007.181',
          'robin': '+proj=robin +lon_0=5 +datum=WGS84', 'moll': '+proj=moll +lon_0=5 +datum=WGS84',
          'omerc': '+proj=omerc +lat_0=4 +lonc=115 +alpha=53 +gamma=52 +k=0.99 +x_0=10 +y_0=20 +ellps=evrstSS',
          'omerca': '+proj=omerc +no_uoff +lat_0=4 +lonc=115 +alpha=53 +gamma=52 +k=0.99 +x_0=10 +y_0=20 +ellps=evrstSS',
          'cass': '+proj=cass +lat_0=10 +lon_0=-61 +x_0=86501 +y_0=65379 +ellps=clrk66',
          'aeqd': '+proj=aeqd +lat_0=10 +lon_0=-61 +datum=WGS84', 'eqdc': '+proj=eqdc +lat_0=30 +lon_0=5 +lat_1=20 +lat_2=60 +datum=WGS84',
          'gnom': '+proj=gnom +lat_0=30 +lon_0=5 +datum=WGS84', 'mill': '+proj=mill +lon_0=5 +datum=WGS84',
          'ortho': '+proj=ortho +lat_0=30 +lon_0=5 +datum=WGS84', 'poly': '+proj=poly +lat_0=30 +lon_0=5 +datum=WGS84',
          'vandg': '+proj=vandg +lon_0=5 +R=6371000', 'cea': '+proj=cea +lat_ts=30 +lon_0=5 +datum=WGS84',
          'eqearth': '+proj=eqearth +lon_0=5 +datum=WGS84', 'paris': '+proj=longlat +ellps=clrk80ign +pm=paris',
        }
        for name, text in laid.items():
            if name == 'paris': placed(name + '.tif', text, 3, 48, 0.01)
            elif name.startswith('utm'): placed(name + '.tif', text, 400000, 5000000)
            else: placed(name + '.tif', text, 100000, 200000)
            placed('esri-' + name + '.tif', text, 3 if name == 'paris' else 400000, 48 if name == 'paris' else 300000, 0.01 if name == 'paris' else 1000, 'GEOTIFF_KEYS_FLAVOR=ESRI_PE')
        """)
    try expectPlaces(in: folder)
  }

  @Test("Tie points, matrices, PixelIsPoint, world files and .aux.xml place a raster as in GDAL")
  func transforms() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      Self.prelude + """
        placed('point.tif', 'EPSG:32628', 500000, 4000000, 30.0)
        gdal.Open('point.tif', gdal.GA_Update).SetMetadataItem('AREA_OR_POINT', 'Point'); where('point.tif')
        def plain(name, driver='GTiff'):
            gdal.GetDriverByName('MEM').Create('', 10, 10)
            ds = gdal.GetDriverByName(driver).CreateCopy(name, gdal.GetDriverByName('MEM').Create('', 10, 10)); ds = None
        def world(name): open(name, 'w').write('30.5\\n0.0\\n0.0\\n-20.25\\n500015.25\\n3999989.875\\n')
        s = srs.ExportToWkt(['FORMAT=WKT1_ESRI'])
        for name, side in (('a.tif', 'a.tfw'), ('b.tif', 'b.tifw'), ('c.tif', 'c.wld'), ('d.png', 'd.pgw'), ('e.jpg', 'e.jgw')):
            plain(name, {'tif': 'GTiff', 'png': 'PNG', 'jpg': 'JPEG'}[name[2:]]); world(side)
            open(name[0] + '.prj', 'w').write(s)
            ds = gdal.Open(name); t = ds.GetGeoTransform(); ds = None
            w = osr.SpatialReference(); w.ImportFromEPSG(4326)
            lat, lon, _ = osr.CoordinateTransformation(srs, w).TransformPoint(t[0] + 5 * t[1], t[3] + 5 * t[5])
            said[name] = {'transform': t, 'lon': lon, 'lat': lat}
        plain('pam.png', 'PNG')
        ds = gdal.Open('pam.png'); ds.SetGeoTransform([500000, 10, 0, 4000000, 0, -10]); ds.SetProjection(srs.ExportToWkt())
        ds = None; where('pam.png')
        gdal.GetDriverByName('GTiff').CreateCopy('over.tif', gdal.Open('point.tif'))
        open('over.tif.aux.xml', 'w').write(open('pam.png.aux.xml').read().replace('</PAMDataset>',
            '<PAMRasterBand band="1"><NoDataValue>3.0E+00</NoDataValue></PAMRasterBand></PAMDataset>'))
        where('over.tif')
        ds = gdal.Open('over.tif'); assert ds.GetRasterBand(1).GetNoDataValue() == 3
        """)
    try expectPlaces(in: folder)
    #expect(try RasterFile.open(folder.file("over.tif")).info.noData == [3])
    #expect(try RasterFile.open(folder.file("over.tif")).info.georeference.pixelWidth == 10)
    #expect(try RasterFile.open(folder.file("a.tif")).info.files == ["a.tif", "a.tfw", "a.prj"])
  }

  @Test(
    "Edges beyond all numbers and pixels too small for their place are refused",
    arguments: [
      "1e308\n0\n0\n-1\n0\n0\n", "1\n0\n0\n-1e308\n0\n0\n", "1\n0\n0\n-1\n1e300\n0\n", "1\n0\n0\n-1\n0\n1e300\n",
    ])
  func endless(worldFile: String) throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      plain = gdal.GetDriverByName('MEM').Create('', 10, 10)
      for name, driver in (('a.tif', 'GTiff'), ('b.png', 'PNG')):
          ds = gdal.GetDriverByName(driver).CreateCopy(name, plain); ds = None
      for name in ('a.prj', 'b.prj'): open(name, 'w').write(srs.ExportToWkt(['FORMAT=WKT1_ESRI']))
      """)
    try folder.write(worldFile, to: "a.tfw")
    try folder.write(worldFile, to: "b.pgw")
    for name in ["a.tif", "b.png"] {
      let error = #expect(throws: RasterError.self) { try RasterFile.open(folder.file(name)) }
      #expect(error?.reason.contains("has a georeference") == true, "\(error?.reason ?? "")")
    }
  }

  @Test("An element of an .aux.xml that is not closed ends the search")
  func unclosedElement() {
    let text = String(repeating: "<PAMRasterBand band=\"1\">", count: 20_000)
    #expect(AuxiliaryMetadata(text).noData.isEmpty)
    #expect(AuxiliaryMetadata(text).element("PAMRasterBand") == nil)
    #expect(AuxiliaryMetadata("<SRS a=\"1\">&lt;</SRS>" + text).element("SRS") == "<")
  }

  @Test("Rotated and south-up rasters and ground control points are refused with what to do")
  func refused() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      for name, t in (('rotated', [500000, 10, 3, 4000000, 3, -10]), ('south', [500000, 10, 0, 4000000, 0, 10])):
          ds = source(smooth(1, 10, 10)); ds.SetGeoTransform(t)
          gdal.GetDriverByName('GTiff').CreateCopy(name + '.tif', ds)
      ds = gdal.GetDriverByName('GTiff').Create('gcps.tif', 10, 10)
      ds.SetGCPs([gdal.GCP(i, j, 0, i, j) for i in (0, 9) for j in (0, 9)], srs.ExportToWkt())
      """)
    for (name, reason) in [("rotated", "rotated"), ("south", "north up"), ("gcps", "ground control points")] {
      let error = #expect(throws: RasterError.self) { try RasterFile.open(folder.file(name + ".tif")) }
      #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
      #expect(error?.reason.contains("gdalwarp") == true)
    }
  }
}
