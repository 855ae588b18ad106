import Foundation
import Testing

/// Python with the readers that `scripts/test` installs; `nil` where they can't be had.
private let readers = ProcessInfo.processInfo.environment["MOCK_ARCGIS_TEST_PYTHON"]

@Suite("Clients of vector tiles draw and read the sample service", .servingSampleData, .enabled(if: readers != nil))
struct VectorClientTests {
  /// Runs a script, which has `service` and `get(path)`, with the readers.
  /// - Returns: what went wrong, nothing where all is well.
  private func run(_ script: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      import json, os, sys, urllib.request
      from urllib.parse import urljoin
      os.chdir('\(folder.path)')
      service = 'http://127.0.0.1:\(try server().port)/arcgis/rest/services/World/VectorTileServer/'
      def get(path): return urllib.request.urlopen(urljoin(service, path)).read()
      \(script)
      """, to: "script.py")
    try folder.write("", to: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(readers))
    process.arguments = [folder.path("script.py")]
    process.environment = ProcessInfo.processInfo.environment.merging(["EGL_PLATFORM": "surfaceless"]) { $1 }
    process.standardError = FileHandle(forWritingAtPath: folder.path("errors"))
    try process.run()
    process.waitUntilExit()
    let errors = try String(contentsOfFile: folder.path("errors"), encoding: .utf8)
    return process.terminationStatus == 0 ? "" : "\(process.terminationStatus): \(errors)"
  }

  @Test("MapLibre Native draws it in its own style: land, sea and ice where they are")
  func mapLibre() throws {
    let problem = try run(
      """
      from pymgl import Map
      style = json.loads(get('resources/styles/root.json'))
      base = urljoin(service, 'resources/styles/')
      # MapLibre takes absolute addresses only.
      for name in ('sprite', 'glyphs'): style[name] = urljoin(base, style[name])
      root = json.loads(get('?f=json'))
      assert urljoin(base, style['sources']['esri']['url']) == service
      style['sources']['esri'] = {'type': 'vector', 'tiles': [urljoin(service, root['tiles'][0])], 'maxzoom': root['maxzoom']}
      import io
      import numpy as np
      from rasterio.io import MemoryFile
      def draw(lon, lat, zoom):
          with MemoryFile(Map(json.dumps(style), 64, 64, 1, lon, lat, zoom).renderPNG()) as f, f.open() as d:
              return d.read()[:3].astype(int)
      def middle(lon, lat, zoom): return draw(lon, lat, zoom)[:, 28:36, 28:36].reshape(3, -1).mean(axis=1)
      sea, land, ice = middle(-30, 35, 4), middle(22, 25, 4), middle(-40, 75, 4)
      assert sea[2] > sea[0] + 15, sea
      assert abs(land - sea).max() > 15 and ice.min() > 225, (sea, land, ice)
      # Of a coast and its names there are many colours.
      a = draw(10, 45, 4)
      assert len({tuple(c) for c in a.reshape(3, -1).T}) > 100
      """)
    #expect(problem.isEmpty, "\(problem)")
  }

  @Test("mapbox-vector-tile decodes its tiles, as they come and from a package that vtpk-reader opens")
  func decoders() throws {
    let problem = try run(
      """
      import gzip, time, mapbox_vector_tile
      tile = mapbox_vector_tile.decode(get('tile/2/1/2.pbf'))
      names = {f['properties'].get('name') for f in tile['countries']['features']}
      assert {'France', 'Italy', 'Turkey'} <= names, names
      assert all(layer['extent'] == 4096 for layer in tile.values())
      assert all(f['geometry']['type'] in ('Polygon', 'MultiPolygon') for f in tile['countries']['features'])
      job = json.loads(get('exportTiles?levels=0-3&exportExtent=DEFAULT&f=json'))['jobId']
      while json.loads(get('jobs/%s?f=json' % job))['jobStatus'] not in ('esriJobSucceeded', 'esriJobFailed'): time.sleep(0.05)
      folder = json.loads(get('jobs/%s/results/out_service_url?f=json' % job))['value']
      url = json.loads(urllib.request.urlopen(folder + '?f=json').read())['files'][0]['url']
      open('World.vtpk', 'wb').write(urllib.request.urlopen(url).read())
      from vtpk_reader import Vtpk
      package = Vtpk('World.vtpk')
      tiles = list(package.get_tiles([0, 1, 2, 3], None))
      assert len(tiles) > 50, len(tiles)
      assert 'countries' in package.tile_features(tiles[0])
      """)
    #expect(problem.isEmpty, "\(problem)")
  }
}
