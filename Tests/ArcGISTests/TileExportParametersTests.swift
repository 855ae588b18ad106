import Spatial
import Testing
import Tiles

@testable import ArcGIS

@Suite("What exports of tiles are asked for") struct TileExportParametersTests {
  private func levels(_ text: String, _ meaning: RequestedLevels.Meaning = .levelID) throws -> [Int] {
    try #require(RequestedLevels(text)).resolve(as: meaning, in: .webMercator, among: 0...23)
  }

  @Test("levels as numbers and ranges") func levelLists() throws {
    #expect(try levels("1,2,3") == [1, 2, 3])
    #expect(try levels("1-4, 7-9") == [1, 2, 3, 4, 7, 8, 9])
    #expect(try levels(" 0 - 2 ,2") == [0, 1, 2])
    #expect(try levels("3,1") == [1, 3])
  }

  @Test("levels as scales and resolutions, in either direction, near enough") func scales() throws {
    #expect(try levels("591657527.591555", .scale) == [0])
    #expect(try levels("18489297.737236-9244648.868618", .scale) == [5, 6])
    #expect(try levels("9244648.868618-18489297.737236", .scale) == [5, 6])
    #expect(try levels("1.565e5", .resolution) == [0])
    #expect(try levels("7.827e+4-3.9e4", .resolution) == [1, 2])
    #expect(try levels("1.4930e-1-2.9859e-1", .resolution) == [19, 20])
  }

  @Test(
    "levels that can't be read", arguments: ["", ",", "a", "1-", "-1", "1--2", "1-2-3", "1,,2", "nan", "0x10", "1;2"])
  func unreadable(text: String) { #expect(RequestedLevels(text) == nil) }

  @Test("levels that are not there", arguments: ["24", "0-24", "7-0", "1.5", "0-1000000", "99999999999999999999"])
  func missing(text: String) throws {
    let requested = try #require(RequestedLevels(text))
    #expect(throws: RequestedLevels.Problem.self) {
      try requested.resolve(as: .levelID, in: .webMercator, among: 0...23)
    }
  }

  @Test(
    "areas in all the ways that clients send them",
    arguments: [
      #"{"rings":[[[0,0],[0,1],[1,1],[0,0]]],"spatialReference":{"wkid":4326}}"#,
      #"{"geometry":{"rings":[[[0,0],[0,1],[1,1],[0,0]]],"spatialReference":{"wkid":4326}}}"#,
      #"{"features":[{"geometry":{"rings":[[[0,0],[0,1],[1,1],[0,0]]],"spatialReference":{"wkid":4326}}}]}"#,
      #"{"spatialReference":{"wkid":4326},"features":[{"geometry":{"rings":[[[0,0],[0,1],[1,1],[0,0]]]}}]}"#,
      #"{"features":[{"geometry":{"rings":[[[0,0],[0,1],[1,1],[0,0]]]}}]},"spatialReference":{"wkid":4326}}}]}"#,
      #"{"rings":[[[0,0],[0,1],[1,1]]],"spatialReference":{"wkid":4326}}"#,
    ])
  func areas(text: String) throws {
    let area = try #require(RequestedArea(text))
    #expect(area.polygons.count == 1 && area.polygons[0].spatialReference == .wgs84)
    #expect(area.polygons[0].rings == [[Point(x: 0, y: 0), Point(x: 0, y: 1), Point(x: 1, y: 1), Point(x: 0, y: 0)]])
  }

  @Test(
    "areas that can't be read",
    arguments: [
      "", "{}", "[]", "{", #"{"rings":[]}"#, #"{"rings":[[[0,0],[1,1]]]}"#, #"{"rings":[[[0,0],[1,1],["x",1]]]}"#,
      #"{"features":[]}"#, #"{"rings":[[[0,0],[0,1],[1,1]]],"spatialReference":{"wkid":1}}"#,
      #""rings":[[[0,0"#, #"{"features":[{"geometry":null}]}"#,
      String(repeating: #"{"geometry":"#, count: 500) + String(repeating: "}", count: 500),
    ])
  func noAreas(text: String) { #expect(RequestedArea(text) == nil) }

  @Test("an extent without a reference is the service's, or else that of the tiles, where it has ground in common")
  func extents() throws {
    let full = Envelope(xmin: -1e7, ymin: -1e7, xmax: 1e7, ymax: 1e7)
    func extent(_ text: String) throws -> Envelope {
      try ExportArea(
        extent: try #require(RequestedExtent(text)), area: nil, full: full, scheme: .webMercator, reference: .wgs84
      ).extent
    }
    let degrees = try extent("0,0,10,10")
    #expect(abs(degrees.xmax - 1113194.9) < 1)
    #expect(try extent("1000000,1000000,2000000,2000000").xmax == 2_000_000)
    #expect(throws: ExportArea.Problem.self) { try extent("150,0,160,10") }
    #expect(try extent("DEFAULT") == full)
  }

  @Test("the whole Earth in degrees, poles and all, is all of the map") func wholeEarth() throws {
    let area = try #require(
      RequestedArea(
        #"{"rings":[[[-180,-90],[-180,90],[180,90],[180,-90],[-180,-90]]],"spatialReference":{"wkid":4326}}"#))
    let full = Envelope(xmin: -20037508, ymin: -20037508, xmax: 20037508, ymax: 20037508)
    let made = try ExportArea(extent: .full, area: area, full: full, scheme: .webMercator, reference: .webMercator)
    #expect(made.coverage.count(of: 4) == 256)
  }
}
