import JSONValue
import Testing

/// The three example calls of Esri's page about exportTiles.
@Suite(
  "The examples of the founding text work",
  .serving(
    """
    world = 20037508.342787
    write('World_Imagery.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-world, -world, world, world), 'EPSG:3857',
          overviews=[2])
    """))
struct FoundingExportTests {
  private func export(_ query: String) throws -> JSON {
    let answer = try server().get("World_Imagery/ImageServer/exportTiles?\(query)").json
    #expect(answer.object?.map(\.name) == ["jobId", "jobStatus"] && answer["jobStatus"] == "esriJobSubmitted")
    let id = try #require(answer["jobId"]?.string)
    return try server().ended(id, below: "World_Imagery/ImageServer")
  }

  @Test("example one: all of the service in eight levels")
  func one() throws {
    let job = try export(
      "tilePackage=true&exportExtent=&optimizeTilesForSize=true&compressionQuality=90&exportBy=levelId&levels=0-7&areaOfInterest=&f=json"
    )
    #expect(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    try check(job, "assert len(found) == sum(4 ** l for l in range(8)), len(found)")
  }

  @Test("example two: a small extent in seven deep levels")
  func two() throws {
    let job = try export(
      "tilePackage=true&exportExtent=-13051380,4030276,-13037288,4041136&optimizeTilesForSize=true&compressionQuality=60&exportBy=levelId&levels=13-19&areaOfInterest=&f=json"
    )
    #expect(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    try check(
      job,
      """
      import math
      for level in range(13, 20):
          span = 256 * 156543.033928 / 2 ** level
          cols = math.ceil((-13037288 + 20037508.342787) / span) - math.floor((-13051380 + 20037508.342787) / span)
          rows = math.ceil((20037508.342787 - 4030276) / span) - math.floor((20037508.342787 - 4041136) / span)
          assert sum(k[0] == level for k in found) == rows * cols, level
      """)
  }

  @Test("example three: an area whose brackets don't match is read as meant, and has too many tiles")
  func three() throws {
    let job = try export(
      "tilePackage=true&exportExtent=&optimizeTilesForSize=true&compressionQuality=60&exportBy=levelId&levels=13-19&areaOfInterest=%7B%22features%22%3A%5B%7B%22geometry%22%3A%7B%22rings%22%3A%5B%5B%5B-100%2C35%5D%2C%5B-100%2C45%5D%2C%5B-90%2C45%5D%2C%5B-90%2C35%5D%2C%5B-100%2C35%5D%5D%5D%7D%7D%5D%7D%2C%22spatialReference%22%3A%7B%22wkid%22%3A4326%7D%7D%7D%5D%7D&f=json"
    )
    #expect(job["jobStatus"] == "esriJobFailed")
    // Columns and rows of ten degrees by ten in seven levels, with Mercator's own formula.
    try GDAL.shared.run(
      """
      import math
      total, r = 0, 6378137.0
      y = lambda lat: r * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
      x = lambda lon: r * math.radians(lon)
      res = {13: 19.1092570712683, 14: 9.55462853563415, 15: 4.77731426794937, 16: 2.38865713397468,
             17: 1.19432856685505, 18: 0.597164283559817, 19: 0.298582141647617}
      for level, resolution in res.items():
          # 90 degrees west lie on an edge of cells, but for rounding; at level 19 the table is off by more than that.
          span, o, slack = 256 * resolution, 20037508.342787001, 1e-6
          total += ((math.ceil((x(-90) + o) / span - slack) - math.floor((x(-100) + o) / span + slack))
                    * (math.ceil((o - y(35)) / span - slack) - math.floor((o - y(45)) / span + slack)))
      text = '''\(job.text())'''
      assert 'Requested tile count(%d) exceeds the maximum allowed number of tiles(100000)' % total in text, (total, text[-600:])
      assert 'to be exported for service World_Imagery:ImageServer.' in text
      """, in: try TemporaryFolder())
  }

  /// Looks into the package of a job.
  private func check(_ job: JSON, _ script: String) throws {
    let id = try #require(job["jobId"]?.string)
    let value = try server().get("World_Imagery/ImageServer/jobs/\(id)/results/out_service_url", ["f": "json"]).json
    let listing = try server().fetch("\(try #require(value["value"]?.string))?f=json").json
    let file = try #require(listing["files"]?[0])
    #expect(file["name"] == "Layers.tpk")
    let folder = try TemporaryFolder()
    try folder.write(try server().fetch(try #require(file["url"]?.string)).body, to: "package")
    try GDAL.shared.run(
      "\(PackageReader.script)\nfound = tiles(open('package', 'rb').read())\n\(script)", in: folder)
  }
}
