import JSONValue
import Testing

/// A mosaic of six tiles, 100 x 100 units each, three a row from (0, 0) on in EPSG:3857:
///
///     D E F      4 5 6
///     A B C      1 2 3
///
/// and a single raster beside it.
enum Tiles {
  static let script = """
    for i, name in enumerate('abcdef'):
        x, y = i % 3 * 100, i // 3 * 100
        write('Tiles.ImageServer/%s.tif' % name, np.full((10, 10), 10 * i, np.uint8) + np.arange(10, dtype=np.uint8),
              (x, y, x + 100, y + 100), 'EPSG:3857', overviews=[2] if name == 'a' else None)
    json.dump({'maxRecordCount': 4, 'description': 'Six <tiles> & more', 'rasters': {
        'a.tif': {'Name': 'A', 'Clouds': 30, 'Quality': 0.5, 'Acquired': '2010-01-01', 'Sensor': 'ETM', 'MaxPS': 15},
        'b.tif': {'Name': 'B', 'Clouds': 10, 'Quality': 2.5, 'Acquired': '2012-05-01', 'Sensor': 'TM', 'MinPS': 15},
        'c.tif': {'Name': 'C', 'Clouds': 20, 'Acquired': '2010-03-01 12:00:00', 'Sensor': "O'Hara"},
        'd.tif': {'Name': 'D', 'Clouds': 10, 'Quality': 1, 'Sensor': 'ETM', 'GroupName': '<b>'},
        'e.tif': {'Name': 'E', 'Clouds': 25, 'Quality': 4, 'Acquired': '2009-12-01', 'Sensor': 'ETM', 'ZOrder': 3},
        'f.tif': {'Name': 'F', 'Sensor': 'etm'}}},
        open('Tiles.ImageServer/service.json', 'w'))
    write('Single.tif', np.zeros((10, 10), np.uint8), (0, 0, 100, 100), 'EPSG:3857')
    write('Closed.ImageServer/a.tif', np.zeros((10, 10), np.uint8), (0, 0, 100, 100), 'EPSG:3857')
    json.dump({'capabilities': 'Image,Metadata'}, open('Closed.ImageServer/service.json', 'w'))
    """
}

/// The answer of `query` in JSON.
func query(_ parameters: Parameters, of service: String = "Tiles", post: Bool = false) throws -> HTTPAnswer {
  let path = "\(service)/ImageServer/query"
  let all: Parameters = ["f": "json"]
  return post ? try server().post(path, all + parameters) : try server().get(path, all + parameters)
}

/// The object ids that `query` finds.
func ids(_ parameters: Parameters, of service: String = "Tiles") throws -> [Int] {
  let answer = try query(parameters + ["returnIdsOnly": "true"], of: service, post: true)
  let ids = try #require(
    answer.json["objectIds"]?.array, "\(answer.text.prefix(300)) \(answer["X-Mock-ArcGIS-Hint"] ?? "")")
  return ids.compactMap(\.integer)
}

/// The path of a world's services that plays a release.
func services(of version: String) throws -> String {
  let made = try server().control("POST", "/mock/worlds", ["serverVersion": .string(version)])
  try #require(made.status == 201, "\(made.text)")
  let address = try #require(made.json["url"]?.string)
  return String(address.dropFirst("http://127.0.0.1:\(try server().port)".count))
}
