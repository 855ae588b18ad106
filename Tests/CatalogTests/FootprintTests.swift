import Logging
import Spatial
import Testing

@testable import Catalog

@Suite("Footprints")
struct FootprintTests {
  @Test("keep the rasters' own reference where all share it, WGS 84 for degrees of several kinds, else Web Mercator")
  func commonReference() throws {
    let folder = try TemporaryFolder()
    try folder.raster(
      "Utm.ImageServer/a.tif", reference: "EPSG:32633", west: 5e5, north: 5e6, east: 5.1e5, south: 4.99e6)
    try folder.raster(
      "Utm.ImageServer/b.tif", reference: "EPSG:32633", west: 6e5, north: 5e6, east: 6.1e5, south: 4.99e6)
    try folder.raster("Degrees.ImageServer/a.tif", reference: "EPSG:4326")
    try folder.raster("Degrees.ImageServer/b.tif", reference: "EPSG:4269", west: -90, north: 40, east: -80, south: 30)
    try folder.copy("Utm.ImageServer/a.tif", to: "Mixed.ImageServer/a.tif")
    try folder.copy("Degrees.ImageServer/a.tif", to: "Mixed.ImageServer/b.tif")
    try folder.copy("Degrees.ImageServer/a.tif", to: "Said.ImageServer/a.tif")
    try folder.write(#"{"spatialReference": 102009}"#, to: "Said.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: folder.path)
    func wkid(_ name: String) throws -> Int? { try store.service(at: name)?.spatialReference.wkid }
    #expect(try wkid("Utm") == 32633)
    #expect(try wkid("Degrees") == 4326)
    #expect(try wkid("Mixed") == 102100)
    #expect(try wkid("Said") == 102009)
    let utm = try #require(try store.service(at: "Utm"))
    #expect(utm.extent == Envelope(xmin: 5e5, ymin: 4.99e6, xmax: 6.1e5, ymax: 5e6))
    #expect(utm.pixelSizeX == 1000)
  }

  @Test("of a raster in another reference surround what gdaltransform makes of its edge")
  func projected() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/a.tif", reference: "EPSG:32633", west: 3e5, north: 6e6, east: 7e5, south: 5.6e6)
    try folder.write(#"{"spatialReference": 4326}"#, to: "M.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: folder.path)
    let service = try #require(try store.service(at: "M"))
    let raster = try #require(try store.raster(1, of: service))
    // Points along all four edges, every 10 km.
    let steps = stride(from: 0.0, through: 4e5, by: 1e4)
    let points = steps.flatMap { [(3e5 + $0, 6e6), (3e5 + $0, 5.6e6), (3e5, 5.6e6 + $0), (7e5, 5.6e6 + $0)] }
    let answer = try folder.run(
      "gdaltransform", "-s_srs", "EPSG:32633", "-t_srs", "EPSG:4326", "-output_xy",
      input: points.map { "\($0.0) \($0.1)\n" }.joined())
    let places = answer.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
    #expect(places.count == points.count)
    let xs = places.map { $0[0] }
    let ys = places.map { $0[1] }
    let expected = Envelope(
      xmin: try #require(xs.min()), ymin: try #require(ys.min()), xmax: try #require(xs.max()),
      ymax: try #require(ys.max()))
    for (mine, theirs) in [
      (raster.footprint.xmin, expected.xmin), (raster.footprint.ymin, expected.ymin),
      (raster.footprint.xmax, expected.xmax), (raster.footprint.ymax, expected.ymax),
    ] { #expect(abs(mine - theirs) < 1e-4) }
    #expect(abs(raster.pixelSizeX - expected.width / 10) < 1e-5)
    #expect(raster.nativeExtent == Envelope(xmin: 3e5, ymin: 5.6e6, xmax: 7e5, ymax: 6e6))
    #expect(abs(raster.shapeLength - 2 * (expected.width + expected.height)) < 1e-3)
  }

  @Test("decide which of 2,000 rasters meet an envelope, in memory and in the R*Tree alike")
  func search() throws {
    let folder = try TemporaryFolder()
    try folder.raster(
      "base.tif", width: 4, height: 4, reference: "EPSG:3857", west: 1.5, north: 2.5, east: 5.5, south: -1.5)
    // The same file at places of a lattice: only the two doubles of the GeoTIFF tie point differ.
    try folder.run(
      "/usr/bin/python3", "-c",
      """
      import os, struct
      base = open('base.tif', 'rb').read(); os.makedirs('data/M.ImageServer')
      place = base.index(struct.pack('<dd', 1.5, 2.5))
      for i in range(2000):
          x, y = (i % 50) * 3 + 0.1, (i // 50) * 3 + 0.1
          open(f'data/M.ImageServer/{i:04}.tif', 'wb').write(base[:place] + struct.pack('<dd', x, y) + base[place + 16:])
      """)
    let store = try CatalogStore.open(
      dataFolder: "\(folder.path)/data", stateFolder: "\(folder.path)/state")
    #expect(store.rastersRead == 2000)
    #expect(store.problems == [])
    let service = try #require(try store.service(at: "M"))
    let all = try store.rasters(of: service)
    #expect(all.map(\.objectId) == Array(1...2000))
    #expect(all.map(\.name) == (0..<2000).map { "\($0 / 1000)\($0 / 100 % 10)\($0 / 10 % 10)\($0 % 10)" })
    #expect(all[51].footprint == Envelope(xmin: 3.1, ymin: 3.1 - 4, xmax: 3.1 + 4, ymax: 3.1))

    let envelopes =
      (0..<60).map { index in
        let x = Double(index * 37 % 170) - 10
        let y = Double(index * 53 % 140) - 10
        let size = Double(index % 7) * 4.5
        return Envelope(xmin: x + 0.1, ymin: y + 0.1, xmax: x + 0.1 + size, ymax: y + 0.1 + size)
      } + [service.extent, Envelope(xmin: 1e6, ymin: 1e6, xmax: 2e6, ymax: 2e6)]
    /// The same search by arithmetic: raster i lies at x from 3 (i mod 50) + 0.1, y up to 3 (i div 50) + 0.1, 4 wide.
    func expected(_ box: Envelope) -> [Int64] {
      (0..<2000).filter { index in
        let west = Double(index % 50) * 3 + 0.1
        let north = Double(index / 50) * 3 + 0.1
        return west < box.xmax && box.xmin < west + 4 && north - 4 < box.ymax && box.ymin < north
      }.map { Int64($0 + 1) }
    }
    for box in envelopes {
      #expect(try store.rasters(of: service, RasterQuery(envelope: box)).map(\.objectId) == expected(box))
    }
    let odd = try WhereClause(parsing: "MOD(OBJECTID, 2) = 1", fields: service.fields)
    let query = RasterQuery(envelope: envelopes[6], condition: odd, objectIds: Array(1...1000))
    let few = expected(envelopes[6]).filter { $0 % 2 == 1 && $0 <= 1000 }
    #expect(!few.isEmpty)
    #expect(try store.rasters(of: service, query).map(\.objectId) == few)
    _ = consume store

    let second = try CatalogStore(
      folder: DataFolder(path: "\(folder.path)/data"), state: StateFolder(path: "\(folder.path)/state"), threads: 2,
      indexLimit: 0, logger: Logger(label: "test"))
    #expect(second.rastersRead == 0)
    for box in envelopes {
      #expect(try second.rasters(of: service, RasterQuery(envelope: box)).map(\.objectId) == expected(box))
    }
    #expect(try second.rasters(of: service, query).map(\.objectId) == few)
    #expect(try second.raster(77, of: service)?.name == "0076")
  }

  @Test("have a place on the Hilbert curve also where they are no numbers")
  func curve() {
    let all = Envelope(xmin: -.infinity, ymin: -1.7e308, xmax: .infinity, ymax: 1.7e308)
    for value in [Double.nan, -.infinity, .infinity, -1.7e308, 1.7e308, 0] {
      #expect(HilbertCurve.position(of: Point(x: value, y: 1.7e308), in: all) >= 0)
    }
    let unit = Envelope(xmin: 0, ymin: 0, xmax: 1, ymax: 1)
    let corners = [Point(x: 0, y: 0), Point(x: 0, y: 1), Point(x: 1, y: 1), Point(x: 1, y: 0)]
    let positions = corners.map { HilbertCurve.position(of: $0, in: unit) }
    // The curve begins at one corner, ends at the next, and passes the two others between them.
    #expect(positions == positions.sorted() && positions[0] == 0 && positions[3] == .max)
  }

  @Test("of cell sizes: a raster shows from MinPS up to MaxPS, and at all sizes where none is said")
  func visibility() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/a.tif")
    try folder.copy("M.ImageServer/a.tif", to: "M.ImageServer/b.tif")
    try folder.write(#"{"rasters": {"a.tif": {"MinPS": 2, "MaxPS": 10}}}"#, to: "M.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: folder.path)
    let service = try #require(try store.service(at: "M"))
    func shown(_ size: Double) throws -> [Int64] {
      try store.rasters(of: service, RasterQuery(cellSize: size)).map(\.objectId)
    }
    #expect(try shown(1.9) == [2])
    #expect(try shown(2) == [1, 2])
    #expect(try shown(9.9) == [1, 2])
    #expect(try shown(10) == [2])
  }
}
