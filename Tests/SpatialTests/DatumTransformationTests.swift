import Spatial
import Testing

/// Points take the way between datums that was chosen.
struct DatumTransformationTests {
  /// Transformations as EPSG and Esri publish them: source, target, ellipsoids, translations and rotations.
  struct Published: Sendable {
    var wkid: Int
    var source: Int
    var target: Int
    var ellipsoids: (String, String)
    var parameters: String
  }

  static let published = [
    Published(
      wkid: 1173, source: 4267, target: 4326, ellipsoids: ("clrk66", "WGS84"), parameters: "+x=-8 +y=160 +z=176"),
    Published(
      wkid: 1170, source: 4267, target: 4326, ellipsoids: ("clrk66", "WGS84"), parameters: "+x=-3 +y=142 +z=183"),
    Published(
      wkid: 1133, source: 4230, target: 4326, ellipsoids: ("intl", "WGS84"), parameters: "+x=-87 +y=-98 +z=-121"),
    Published(
      wkid: 108190, source: 4326, target: 4269, ellipsoids: ("WGS84", "GRS80"),
      parameters: """
        +x=0.9956 +y=-1.9013 +z=-0.5215 +rx=0.025915 +ry=0.009426 +rz=0.011599 +s=0.00062 \
        +convention=coordinate_frame
        """),
  ]

  @Test(arguments: published.indices)
  func `points come to lie where gdaltransform puts them by the published parameters, and back`(index: Int) throws {
    let way = Self.published[index]
    let from = try SpatialReference(wkid: way.source)
    let to = try SpatialReference(wkid: way.target)
    let datum = try DatumTransformation([.init(wkid: way.wkid)])
    #expect(try datum.effect(from: from, to: to) == .used)
    let points = (0..<50).map { _ in Point(x: .random(in: -110...(-70)), y: .random(in: 30...45)) }
    let input = try TemporaryFile(points.map { "\($0.x) \($0.y)\n" }.joined())
    let lines = try GDALTransform.run(
      """
      gdaltransform -output_xy -ct '+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad \
      +step +proj=push +v_3 +step +proj=cart +ellps=\(way.ellipsoids.0) +step +proj=helmert \(way.parameters) \
      +step +inv +proj=cart +ellps=\(way.ellipsoids.1) +step +proj=pop +v_3 \
      +step +proj=unitconvert +xy_in=rad +xy_out=deg' < \(input.path)
      """
    ).split(separator: "\n")
    try #require(lines.count == points.count)
    let there = try Transformation.between(from, to, by: datum)
    let back = try Transformation.between(to, from, by: datum)
    // The way back begins at height 0 again, which the way there left by up to some hundred
    // metres, far from home of the datum: centimetres on the ground.
    let close = 1e-6
    for (point, line) in zip(points, lines) {
      let expected = line.split(separator: " ").compactMap { Double($0) }
      let place = try #require(there.transform(point))
      #expect((place.x - expected[0]).magnitude < 1e-9 && (place.y - expected[1]).magnitude < 1e-9)
      for origin in [there.transform(place, direction: .inverse), back.transform(place)] {
        let origin = try #require(origin)
        #expect((origin.x - point.x).magnitude < close && (origin.y - point.y).magnitude < close)
      }
    }
  }

  @Test func `it is needless within a datum, used between its own, unrelated elsewhere`() throws {
    let datum = try DatumTransformation([.init(wkid: 1173)])
    func effect(_ source: Int, _ target: Int) throws -> DatumTransformation.Effect {
      try datum.effect(from: SpatialReference(wkid: source), to: SpatialReference(wkid: target))
    }
    #expect(try effect(3857, 4326) == .needless)
    #expect(try effect(26713, 4267) == .needless)
    #expect(try effect(4267, 4326) == .used)
    #expect(try effect(3857, 26713) == .used)
    #expect(try effect(4269, 4326) == .unrelated)
    #expect(try effect(4267, 4269) == .unrelated)
  }

  @Test func `of a chain the run counts that leads from datum to datum`() throws {
    // NAD 27 to WGS 84, WGS 84 to NAD 83 (which moves nothing).
    let chain = try DatumTransformation([.init(wkid: 1173), .init(wkid: 1188, isForward: false)])
    let single = try DatumTransformation([.init(wkid: 1173)])
    let nad27 = try SpatialReference(wkid: 4267)
    let place = Point(x: -105, y: 40)
    let expected = try #require(try Transformation.between(nad27, .wgs84, by: single).transform(place))
    for target in [4326, 4269] {
      let way = try Transformation.between(nad27, SpatialReference(wkid: target), by: chain)
      let found = try #require(way.transform(place))
      #expect((found.x - expected.x).magnitude < 1e-10 && (found.y - expected.y).magnitude < 1e-10)
    }
    // The other way round the second doesn't begin where the first ends.
    let torn = try DatumTransformation([.init(wkid: 1173), .init(wkid: 1188)])
    #expect(try torn.effect(from: nad27, to: SpatialReference(wkid: 4269)) == .unrelated)
    #expect(try torn.effect(from: nad27, to: .wgs84) == .used)
  }

  @Test(arguments: [
    "", "GEOGTRAN", "GEOGTRAN[", "GEOGTRAN]", "[]",
    "GEOGTRAN[\"a\",GEOGCS[\"b\"],GEOGCS[\"c\"],METHOD[\"Position_Vector\"]]",
    "COORDINATEOPERATION[\"a\"]", "CONCATENATEDOPERATION[]", "PROJCS[\"a\"]", "+proj=noop",
  ])
  func `a text that is none is refused`(text: String) {
    #expect(throws: SpatialError.self) { try DatumTransformation.Step(wkt: text) }
  }

  @Test func `a pipeline of PROJ's own within a text is refused`() {
    let degrees = "CS[ellipsoidal,2],AXIS[\"lat\",north],AXIS[\"lon\",east],ANGLEUNIT[\"degree\",0.0174532925199433]"
    let system =
      "GEOGCRS[\"x\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563]],\(degrees)]"
    let text = """
      COORDINATEOPERATION["x",SOURCECRS[\(system)],TARGETCRS[\(system)],\
      METHOD["PROJ-based operation method: +proj=noop"]]
      """
    #expect(throws: SpatialError.self) { try DatumTransformation.Step(wkt: text) }
  }
}
