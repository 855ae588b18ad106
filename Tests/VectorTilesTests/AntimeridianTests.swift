import Testing
import Tiles
import VectorTiles

/// At level 0 a unit is 360 / 4096 degrees of longitude.
struct AntimeridianTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func columns(_ geometry: String) throws -> [ClosedRange<Int>] {
    try workshop.features(.collection(geometry), 0, 0, 0).flatMap(\.parts).map { part in
      let xs = part.map { $0[0] }
      return (xs.min() ?? 0)...(xs.max() ?? 0)
    }.sorted { $0.lowerBound < $1.lowerBound }
  }

  @Test("Longitudes beyond 180 degrees go on at the other side of the map")
  func beyond() throws {
    let ring: [[Double]] = [[157.5, 0], [202.5, 0], [202.5, 20], [157.5, 20], [157.5, 0]]
    #expect(try columns(.polygon(ring)) == [0...256, 3840...4096])
    #expect(try columns(.line([157.5, 0], [202.5, 0])) == [0...256, 3840...4096])
    #expect(try columns(.point(202.5, 0)) == [256...256])
    #expect(try columns(.point(-202.5, 0)) == [3840...3840])
    #expect(try columns(.point(180, 0)) == [4096...4096])
  }

  @Test("Steps of more than half a turn are taken the shorter way round")
  func steps() throws {
    let ring: [[Double]] = [[157.5, 0], [-157.5, 0], [-157.5, 20], [157.5, 20], [157.5, 0]]
    #expect(try columns(.polygon(ring)) == [0...256, 3840...4096])
    #expect(try columns(.line([157.5, 0], [-157.5, 0])) == [0...256, 3840...4096])
  }

  @Test("A wide rectangle that runs as RFC 7946 wants stays wide, and so do maps of the world")
  func wide() throws {
    let ring: [[Double]] = [[-157.5, 0], [157.5, 0], [157.5, 20], [-157.5, 20], [-157.5, 0]]
    #expect(try columns(.polygon(ring)) == [256...3840])
    let world: [[Double]] = [[-180, -90], [-180, 90], [180, 90], [180, -90], [-180, -90]]
    #expect(try columns(.polygon(world)) == [0...4096])
    #expect(try columns(.line([-180, 10], [180, 10])) == [0...4096])
  }

  @Test("A ring around a pole is closed by the pole's edge of the map")
  func pole() throws {
    let ring = stride(from: -175.0, through: 175, by: 10).map { [$0, -70] } + [[-175, -70]]
    let features = try workshop.features(.collection(.polygon(ring)), 0, 0, 0)
    // The latitude -70 lies at (1/2 + ln(tan(80 degrees)) / 2 pi) * 4096 = 3179.3.
    let area = features.flatMap(\.doubledAreas).reduce(0, +) / 2
    #expect(abs(area - 4096 * (4096 - 3179)) <= 4096)
    #expect(features.flatMap(\.parts).joined().allSatisfy { $0[1] >= 3179 })
  }

  @Test("Points beyond the map's edge come to lie on it, lines and areas are cut there")
  func edge() throws {
    #expect(try workshop.features(.collection(.point(0, 90)), 0, 0, 0).first?.parts == [[[2048, 0]]])
    #expect(try workshop.features(.collection(.point(0, -89)), 0, 0, 0).first?.parts == [[[2048, 4096]]])
    #expect(
      try workshop.features(.collection(.line([0, 0], [0, 89])), 0, 0, 0).first?.parts == [[[2048, 2048], [2048, 0]]])
    // The latitude 88 lies at (1/2 - ln(tan(89 degrees)) / 2 pi) = -0.1442 of the world; the edge is a fifth of the way down.
    let bent = try workshop.features(.collection(.polygon([[0, 88], [-90, 0], [90, 0], [0, 88]])), 0, 0, 0)
    // Where the sides cross the edge: 90 degrees * 0.1442 / 0.6442 = 20.15 degrees from the middle, 229 units.
    let edge = bent.flatMap(\.parts).joined().filter { $0[1] == 0 }.map { $0[0] }.sorted()
    #expect(edge == [2048 - 229, 2048 + 229])
    let beyond = try workshop.index(.collection(.line([0, 86], [10, 87]))).description
    #expect(beyond.problems.map(\.reason) == ["it lies beyond the latitudes that Web Mercator shows"])
  }
}
