import Datasets
import Pixels
import Spatial
import Foundation
import Synchronization
import Testing

@testable import Warp

@Suite("Pictures far from what is usual")
struct ExtremeTests {
  static let world = MemoryRaster.world(width: 720, height: 360)

  private func draw(_ grid: TargetGrid, _ resampling: Resampling) throws -> PixelBlock {
    let plan = RenderPlan(
      grid: grid, sources: [RenderSource(Self.world)], resampling: resampling, pixelType: .u8, bands: 1)
    return try plan.render(through: BlockCache()).block
  }

  @Test("Envelopes of nowhere, of nothing and of no numbers are empty pictures", arguments: Resampling.allCases)
  func nowhere(_ resampling: Resampling) throws {
    let envelopes = [
      Envelope(xmin: 1e300, ymin: 1e300, xmax: 1e301, ymax: 1e301),
      Envelope(xmin: .nan, ymin: 0, xmax: 1, ymax: 1),
      Envelope(xmin: -.infinity, ymin: -.infinity, xmax: .infinity, ymax: .infinity),
      Envelope(xmin: -1e308, ymin: -1e308, xmax: 1e308, ymax: 1e308),
      Envelope(xmin: 500, ymin: 0, xmax: 500, ymax: 0),
    ]
    for reference in [SpatialReference.wgs84, .webMercator, try SpatialReference(wkid: 102009)] {
      for envelope in envelopes {
        let grid = TargetGrid(width: 7, height: 5, envelope: envelope, spatialReference: reference)
        let block = try draw(grid, resampling)
        // The centre of a picture of everything, and a picture of the point 500, 0 in metres, show the Earth.
        let isOnEarth = envelope.xmin == -1e308 || (envelope.xmin == 500 && reference != .wgs84)
        #expect(isOnEarth || !block.pixels.contains(true), "\(envelope) in \(reference.name)")
      }
    }
  }

  @Test("A picture of the sky around a projected Earth is empty there and drawn here")
  func partOfProjectionFails() throws {
    // The orthographic view of the Earth from above 0, 0 is a disc of the radius of the ellipsoid.
    let view = try SpatialReference(
      wkt: """
        PROJCS["Orthographic",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Orthographic"],\
        PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Longitude_Of_Center",0.0],\
        PARAMETER["Latitude_Of_Center",0.0],UNIT["Meter",1.0]]
        """)
    let radius = 6_378_137.0
    let grid = TargetGrid(
      width: 100, height: 100,
      envelope: Envelope(xmin: -2 * radius, ymin: -2 * radius, xmax: 2 * radius, ymax: 2 * radius),
      spatialReference: view)
    for resampling in Resampling.allCases {
      let pixels = try draw(grid, resampling).pixels
      for row in 0..<100 {
        for column in 0..<100 {
          let x = (Double(column) + 0.5) / 25 - 2
          let y = (Double(row) + 0.5) / 25 - 2
          let distance = (x * x + y * y).squareRoot()
          // The ellipsoid's flattening moves the limb by a third of a per cent.
          if distance < 0.98 { #expect(pixels[row * 100 + column]) }
          if distance > 1.01 { #expect(!pixels[row * 100 + column]) }
        }
      }
    }
  }

  /// A raster of the whole Earth in columns of 1.5 degrees that hold their own number.
  private static let meridians: MemoryRaster = {
    var raster = MemoryRaster.world(width: 240, height: 120)
    raster.levels[0].samples = (0..<240 * 120).map { UInt8($0 % 240) }
    return raster
  }()

  /// A picture in the Mercator projection around 150 degrees east; `half` is half of the Earth's circumference.
  private func pacific(
    west: Double, east: Double, columns: Int, _ resampling: Resampling, half: Double = .pi * 6_378_137
  ) throws -> PixelBlock {
    let envelope = Envelope(
      xmin: (west - 150) / 180 * half, ymin: -1e7, xmax: (east - 150) / 180 * half, ymax: 1e7)
    let plan = RenderPlan(
      grid: TargetGrid(
        width: columns, height: 6, envelope: envelope, spatialReference: try SpatialReference(wkid: 3832)),
      sources: [RenderSource(Self.meridians)], resampling: resampling, pixelType: .u8, bands: 1)
    return try plan.render(through: BlockCache()).block
  }

  @Test("A picture over the antimeridian goes on at the raster's western edge", arguments: Resampling.allCases)
  func antimeridian(_ resampling: Resampling) throws {
    // 80 columns of 4.5 degrees from 30 degrees west on: centres are those of every third column of the raster.
    let block = try pacific(west: -30, east: 330, columns: 80, resampling)
    #expect(!block.pixels.contains(false))
    if resampling == .majority { return }
    let row = (0..<80).map { UInt8((101 + 3 * $0) % 240) }
    #expect(block.samples == Array(repeatElement(row, count: 6).joined()))
  }

  @Test("Majority is drawn where only corners lie beyond the antimeridian")
  func cornersBeyondAntimeridian() throws {
    #expect(try !pacific(west: 90, east: 181, columns: 4, .majority).pixels.contains(false))
  }

  @Test("A picture that is not wanted any more is given up within a raster")
  func cancellation() throws {
    let asked = Atomic(0)
    let plan = RenderPlan(
      grid: TargetGrid(
        width: 300, height: 300, envelope: Envelope(xmin: -1e6, ymin: -1e6, xmax: 1e6, ymax: 1e6),
        spatialReference: try SpatialReference(wkid: 102009)),
      sources: [RenderSource(Self.world)], pixelType: .u8, bands: 1)
    #expect(throws: RenderError.cancelled) {
      try plan.render(through: BlockCache()) { asked.add(1, ordering: .relaxed).newValue > 3 }
    }
    #expect(asked.load(ordering: .relaxed) == 4)
  }

  @Test("Random pictures in many references never trap and are the same twice")
  func random() throws {
    var generator = Generator(state: 11)
    let references = try [4326, 3857, 102009, 31985, 3413, 54030, 2264].map { try SpatialReference(wkid: $0) }
    for index in 0..<120 {
      let size = pow(10, Double.random(in: 0...7.6, using: &generator))
      let x = Double.random(in: -2e7...2e7, using: &generator)
      let y = Double.random(in: -2e7...2e7, using: &generator)
      let grid = TargetGrid(
        width: Int.random(in: 1...40, using: &generator), height: Int.random(in: 1...40, using: &generator),
        envelope: index.isMultiple(of: 3)
          ? Envelope(xmin: -size, ymin: -size, xmax: size, ymax: size)
          : Envelope(xmin: x, ymin: y, xmax: x + size, ymax: y + size / 2),
        spatialReference: references[index % references.count])
      let resampling = Resampling.allCases[index % 4]
      let first = try draw(grid, resampling)
      let second = try draw(grid, resampling)
      #expect(first.samples == second.samples)
      #expect(first.validity == second.validity)
    }
  }
}

/// A generator whose numbers are the same on every run (SplitMix64).
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
