import JSONValue
import Testing

@Suite(
  "A vector tile service cuts layers into tiles, and gives all that draws them",
  .serving(
    """
    os.makedirs('Town.VectorTileServer/resources/styles'); os.makedirs('Town.VectorTileServer/resources/fonts/Some Font')
    def feature(geometry, coordinates, id=None, **properties):
        f = {'type': 'Feature', 'geometry': {'type': geometry, 'coordinates': coordinates}, 'properties': properties}
        return dict(f, id=id) if id is not None else f
    def layer(name, *features):
        json.dump({'type': 'FeatureCollection', 'features': list(features)}, open(name, 'w'))
    layer('Town.VectorTileServer/places.geojson', feature('Point', [10, 50], id=7, name='Centre', people=1200, ratio=0.5, open=True),
          feature('Point', [-120, -30], id=8, name='Far away'))
    layer('Town.VectorTileServer/areas.geojson',
          feature('Polygon', [[[0, 40], [20, 40], [20, 60], [0, 60], [0, 40]], [[5, 45], [5, 55], [15, 55], [15, 45], [5, 45]]], use='park'))
    layer('Town.VectorTileServer/ways.geojson', feature('LineString', [[-10, 50], [30, 50]], kind='street'))
    json.dump({'description': 'A town', 'copyrightText': 'Nobody', 'layers': [
      {'file': 'areas', 'name': 'land'}, {'file': 'ways', 'minzoom': 2, 'fields': []}]}, open('Town.VectorTileServer/service.json', 'w'))
    json.dump({'version': 8, 'sources': {'esri': {'type': 'vector', 'url': '../../'}}, 'layers': [
      {'id': 'a', 'type': 'fill', 'source': 'esri', 'source-layer': 'land'}]},
      open('Town.VectorTileServer/resources/styles/root.json', 'w'))
    open('Town.VectorTileServer/resources/fonts/Some Font/0-255.pbf', 'wb').write(b'glyphs')
    os.makedirs('Plain.VectorTileServer')
    layer('Plain.VectorTileServer/spots.geojson', feature('Point', [10, 50], name='x'))
    os.makedirs('Broken.VectorTileServer')
    open('Broken.VectorTileServer/bad.geojson', 'w').write('{"type": "FeatureCollection", "features": [{"type": ')
    # A file of tiles that GDAL makes.
    os.makedirs('tmp')
    layer('tmp/box.geojson', feature('Polygon', [[[0, 40], [20, 40], [20, 60], [0, 60], [0, 40]]], use='park'))
    gdal.VectorTranslate('Kept.mbtiles', 'tmp/box.geojson', format='MBTILES', datasetCreationOptions=['MINZOOM=0', 'MAXZOOM=4'],
                         layerName='box')
    import shutil; shutil.rmtree('tmp')
    """))
struct VectorTileTests {
  private static let service = "Town/VectorTileServer"

  /// The tile as GDAL reads it: for each layer its features with their geometries in units of the tile.
  private func check(_ tile: [UInt8], _ script: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(tile, to: "tile.pbf")
    try GDAL.shared.run(
      """
      from osgeo import ogr
      d = ogr.Open('tile.pbf')
      layers = {d.GetLayer(i).GetName(): d.GetLayer(i) for i in range(d.GetLayerCount())}
      order = [d.GetLayer(i).GetName() for i in range(d.GetLayerCount())]
      \(script)
      """, in: folder)
  }

  @Test("tiles have the layers in their order, with typed properties and identifiers")
  func tile() throws {
    let tile = try server().get("\(Self.service)/tile/0/0/0.pbf")
    #expect(tile.status == 200 && tile["Content-Encoding"] == nil)
    try check(
      tile.body,
      """
      assert order == ['land', 'places'], order
      features = [f for f in layers['places']]
      assert sorted(f.GetField('mvt_id') for f in features) == [7, 8]
      f = [f for f in features if f.GetField('mvt_id') == 7][0]
      assert (f.GetField('name'), f.GetField('people'), f.GetField('ratio'), f.GetField('open')) == ('Centre', 1200, 0.5, 1)
      # 10 degrees east, 50 north, in 4096 units of the Earth: (190 / 360) and Mercator's formula.
      import math
      y = (1 - math.log(math.tan(math.pi / 4 + math.radians(25))) / math.pi) / 2
      g = f.GetGeometryRef()
      p = (g.GetGeometryRef(0) if g.GetGeometryCount() else g).GetPoint(0)
      # GDAL counts rows from below.
      assert abs(p[0] - 4096 * 190 / 360) <= 1 and abs(4096 - p[1] - 4096 * y) <= 1, (p, 4096 * y)
      land = layers['land'].GetNextFeature()
      a = land.GetGeometryRef()
      assert a.IsValid() and a.GetGeometryRef(0).GetGeometryCount() in (0, 2), a.ExportToWkt()
      """)
    try check(
      try server().get("\(Self.service)/tile/2/1/2.pbf").body,
      "assert order == ['land', 'ways', 'places'], order\nassert layers['ways'].GetLayerDefn().GetFieldIndex('kind') == -1"
    )
  }

  @Test("a tile is compressed for those who accept it, has a tag, and is missing where there is nothing")
  func encoding() throws {
    let plain = try server().get("\(Self.service)/tile/2/1/2.pbf")
    let packed = try server().get("\(Self.service)/tile/2/1/2.pbf", headers: [("Accept-Encoding", "gzip")])
    #expect(packed["Content-Encoding"] == "gzip" && packed.body.starts(with: [0x1F, 0x8B]))
    #expect(packed["Vary"]?.contains("Accept-Encoding") == true && plain["Vary"]?.contains("Accept-Encoding") == true)
    let folder = try TemporaryFolder()
    try folder.write(packed.body, to: "packed")
    try folder.write(plain.body, to: "plain")
    try GDAL.shared.run(
      "import gzip\nassert gzip.open('packed').read() == open('plain', 'rb').read()", in: folder)
    let tag = try #require(packed["ETag"])
    let again = try server().get(
      "\(Self.service)/tile/2/1/2.pbf", headers: [("Accept-Encoding", "gzip"), ("If-None-Match", tag)])
    #expect(again.status == 304 && again.body.isEmpty)
    for path in ["2/0/0", "23/0/0", "0/1/0", "0/0/-1", "a/0/0"] {
      #expect(try server().get("\(Self.service)/tile/\(path).pbf").status == 404, "\(path)")
    }
  }

  @Test("the root tells all that clients read")
  func root() throws {
    let root = try server().get(Self.service, ["f": "json"]).json
    #expect(
      root.object?.map(\.name) == [
        "currentVersion", "name", "serviceDescription", "copyrightText", "capabilities", "type", "tileMap",
        "defaultStyles", "tiles", "exportTilesAllowed", "maxExportTilesCount", "initialExtent", "fullExtent",
        "minScale",
        "maxScale", "tileInfo", "maxzoom", "minLOD", "maxLOD", "resourceInfo",
      ])
    #expect(root["tiles"] == ["tile/{z}/{y}/{x}.pbf"] && root["type"] == "indexedVector")
    #expect(root["copyrightText"] == "Nobody" && root["serviceDescription"] == "A town")
    let info = try #require(root["tileInfo"])
    #expect(info["rows"] == 512 && info["cols"] == 512 && info["dpi"] == 96 && info["format"] == "pbf")
    #expect(info["lods"]?[0] == ["level": 0, "resolution": 78271.516964, "scale": 295828763.7957775])
    #expect(root["minLOD"] == 0 && root["maxLOD"] == 22 && root["maxzoom"] == 22)
    let list = try server().get("/arcgis/rest/services", ["f": "json"]).json
    #expect(list["services"]?.array?.contains(["name": "Town", "type": "VectorTileServer"]) == true)
  }

  @Test("the tile map agrees with the tiles")
  func tileMap() throws {
    let index = try #require(try server().get("\(Self.service)/tilemap").json["index"])
    // Down the tree to level 4; where it has a node there is a tile, and nowhere else.
    func walk(_ node: JSON, _ level: Int, _ row: Int, _ column: Int) throws {
      let status = try server().get("\(Self.service)/tile/\(level)/\(row)/\(column).pbf").status
      #expect((status == 200) == (node != 0), "\(level)/\(row)/\(column)")
      guard level < 4, let children = node.array else { return }
      try #require(children.count == 4)
      for (index, child) in children.enumerated() {
        try walk(child, level + 1, 2 * row + index / 2, 2 * column + index % 2)
      }
    }
    try walk(index, 0, 0, 0)
    let window = try server().get("\(Self.service)/tilemap/4/0/0/16/16", ["f": "json"]).json
    let exists = try #require(window["data"]?.array)
    for (place, value) in exists.enumerated() {
      let status = try server().get("\(Self.service)/tile/4/\(place / 16)/\(place % 16).pbf").status
      #expect((status == 200) == (value == 1), "\(place)")
    }
    #expect(try server().get("\(Self.service)/tilemap/4/0/0/2/2", ["f": "json"]).status == 422)
  }

  @Test("styles, sprites and fonts are the owner's; what he lacks is made, or empty")
  func resources() throws {
    for path in [
      "resources/styles", "resources/styles/", "resources/styles/root.json", "resources/styles/root.json?f=json",
    ] {
      let style = try server().get("\(Self.service)/\(path)").json
      #expect(style["version"] == 8 && style["layers"]?[0]?["source-layer"] == "land", "\(path)")
    }
    #expect(try server().get("\(Self.service)/resources/fonts/Some%20Font/0-255.pbf").text == "glyphs")
    #expect(try server().get("\(Self.service)/resources/fonts/Arial,Some%20Font/0-255.pbf").text == "glyphs")
    let empty = try server().get("\(Self.service)/resources/fonts/Arial/256-511.pbf")
    // A stack with its name and range: fields 1 and 2 of the glyphs' protocol buffers.
    #expect(
      empty.status == 200 && empty.body == [10, 16, 10, 5] + Array("Arial".utf8) + [18, 7] + Array("256-511".utf8))
    #expect(try server().get("\(Self.service)/resources/fonts/Arial/1-2.pbf").status == 404)
    #expect(try server().get("\(Self.service)/resources/sprites/sprite.json").json == [:])
    let sprite = try GDAL.shared.colors(try server().get("\(Self.service)/resources/sprites/sprite@2x.png").body)
    #expect(sprite.width == 1 && sprite.height == 1)
    #expect(
      try server().get("\(Self.service)/resources/info").json == ["resourceInfo": ["../fonts/Some Font/0-255.pbf"]])
    for path in ["sprites/..%2fstyles%2froot.json", "sprites/other.png", "fonts/Arial/..%2f..%2fstyles"] {
      #expect(try server().get("\(Self.service)/resources/\(path)").status == 404, "\(path)")
    }
    let made = try server().get("Plain/VectorTileServer/resources/styles").json
    #expect(made["version"] == 8 && made["sources"]?["esri"]?["url"] == "../../" && made["glyphs"] == nil)
    #expect(made["layers"]?.array?.contains { $0["source-layer"] == "spots" && $0["type"] == "circle" } == true)
  }

  @Test("tiles of a package are given as they are")
  func kept() throws {
    let root = try server().get("Kept/VectorTileServer", ["f": "json"]).json
    #expect(root["minLOD"] == 0 && root["maxLOD"] == 4 && root["tileInfo"]?["rows"] == 512)
    let packed = try server().get("Kept/VectorTileServer/tile/4/5/8.pbf", headers: [("Accept-Encoding", "gzip")])
    let folder = try TemporaryFolder()
    try folder.write(packed.body, to: "tile")
    try GDAL.shared.run(
      """
      import sqlite3
      row = sqlite3.connect('\(try dataFile("Kept.mbtiles"))').execute(
          'select tile_data from tiles where zoom_level = 4 and tile_column = 8 and tile_row = 10').fetchone()
      assert row[0] == open('tile', 'rb').read()
      """, in: folder)
    #expect(try server().get("Kept/VectorTileServer/tile/5/10/16.pbf").status == 404)
    let style = try server().get("Kept/VectorTileServer/resources/styles").json
    #expect(style["layers"]?.array?.contains { $0["source-layer"] == "box" } == true)
  }

  @Test("a layer that can't be read spoils its own service only, and says where")
  func broken() throws {
    let answer = try server().get("Broken/VectorTileServer", ["f": "json"])
    #expect(answer.json["error"]?["code"] == 500 && answer["X-Mock-ArcGIS-Hint"]?.contains("bad.geojson") == true)
    #expect(answer["X-Mock-ArcGIS-Hint"]?.contains("byte") == true)
    #expect(try server().get("Town/VectorTileServer", ["f": "json"]).json["error"] == nil)
    let report = try Program.run(["inspect", try #require(DataFolder.current).path])
    #expect(report.status == 1 && report.output.contains("error: Broken.VectorTileServer/bad.geojson: "))
    #expect(report.output.contains("Town/VectorTileServer  3 layers"))
  }

  @Test("the page shows a map, or says where its library could not be had")
  func page() throws {
    let page = try server().get(Self.service).text
    #expect(
      page.contains("maplibre-gl.js") && page.contains("--map-library") && page.contains("resources/styles/root.json"))
    #expect(try server().get("\(Self.service)/exportTiles", ["f": "html"]).text.contains("name=\"polygon\""))
  }
}
