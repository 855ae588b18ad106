import Foundation
import Testing
import Tiles
import VectorTiles

struct ReferenceTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func text(_ crs: String, x: Double, y: Double, isLate: Bool = false) -> String {
    let features = #""features":[{"type":"Feature","properties":{},"geometry":\#(String.point(x, y))}]"#
    return #"{"type":"FeatureCollection",\#(isLate ? features : crs),\#(isLate ? crs : features)}"#
  }

  private func named(_ name: String) -> String { #""crs":{"type":"name","properties":{"name":"\#(name)"}}"# }

  @Test(
    "crs of older GeoJSON is heeded, before and behind the features", arguments: [false, true],
    ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "http://www.opengis.net/def/crs/EPSG/0/3857"])
  func mercator(isLate: Bool, name: String) throws {
    let place = text(named(name), x: 10018754.171394622, y: 10018754.171394622, isLate: isLate)
    #expect(try workshop.features(place, 0, 0, 0).first?.parts == [[[3072, 1024]]])
  }

  @Test("Longitudes and latitudes by any of their names")
  func degrees() throws {
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
      #expect(try workshop.features(text(named(name), x: 90, y: 0), 0, 0, 0).first?.parts == [[[3072, 2048]]])
    }
  }

  @Test("Other references are projected")
  func projected() throws {
    // gdaltransform -s_srs EPSG:32633 -t_srs EPSG:4326 <<< "500000 5538630.70": 15 50.0000000
    // Level 0: (15 / 360 + 1/2) * 4096 = 2218.67; (1/2 - ln(tan(45 + 25 degrees)) / 2 pi) * 4096 = 1389.14.
    let place = text(named("urn:ogc:def:crs:EPSG::32633"), x: 500_000, y: 5_538_630.70)
    #expect(try workshop.features(place, 0, 0, 0).first?.parts == [[[2219, 1389]]])
  }

  @Test("A reference that nobody knows is an error")
  func unknown() throws {
    #expect {
      try workshop.index(text(named("EPSG:999999"), x: 0, y: 0))
    } throws: {
      guard case .spatialReference(_, let reason)? = $0 as? VectorTileError else { return false }
      return reason.contains("999999")
    }
  }
}
