import Datasets
import Foundation
import Pixels
import Spatial
import Testing

@testable import RasterFiles

@Suite("Imagine, NITF and JPEG 2000")
struct BlockedFormatsTests {
  static let formats: [(RasterFormat, driver: String)] = [(.imagine, "HFA"), (.nitf, "NITF"), (.jp2, "JP2OpenJPEG")]

  @Test("hold every sample of every pixel type, of any number of bands and any size", arguments: formats)
  func pixels(format: RasterFormat, driver: String) throws {
    let sizes = [(1, 1), (257, 3), (64, 64), (65, 129), (1300, 140)]
    let rasters = PixelType.allCases.flatMap { type in
      [1, 2, 3, 4, 11].flatMap { bands in sizes.map { WrittenRaster($0.0, $0.1, bands: bands, type) } }
    }.filter { format.holds($0.layout) }
    for (raster, read) in zip(rasters, try WrittenRaster.roundTrip(rasters, format)) {
      let what: Comment =
        "\(raster.layout.width)x\(raster.layout.height)x\(raster.layout.bands) \(raster.layout.pixelType)"
      #expect(read.head.driver == driver, what)
      #expect(
        [read.head.width, read.head.height, read.head.bands]
          == [raster.layout.width, raster.layout.height, raster.layout.bands], what)
      #expect(read.head.isExact, what)
      // Not compared in the expectation, which would print every sample.
      let isSame = read.samples == raster.pixels.samples
      #expect(isSame, what)
    }
  }

  @Test("hold a raster of many strips", arguments: formats)
  func large(format: RasterFormat, driver: String) throws {
    let raster = WrittenRaster(3000, 2000, bands: 3, .u8)
    let read = try #require(try WrittenRaster.roundTrip([raster], format).first)
    let isSame = read.samples == raster.pixels.samples
    #expect(isSame)
  }

  @Test("hold a raster whose rows are so long that a strip is a part of a block", arguments: [50, 100])
  func longRows(height: Int) throws {
    let raster = WrittenRaster(4000, height, bands: 11, .f64)
    let read = try #require(try WrittenRaster.roundTrip([raster], .imagine).first)
    let isSame = read.samples == raster.pixels.samples
    #expect(isSame)
  }

  @Test("have the blocks of a large Imagine file in a second one", arguments: [PixelType.u1, .u8, .f32])
  func spill(type: PixelType) throws {
    let raster = WrittenRaster(700, 300, bands: 3, type, noData: [1, 1, 1])
    try WrittenRaster.inFolder { folder in
      let path = folder.appending(path: "large.img").path
      let writer = try ImagineWriter(raster.layout, path: path, greatestFile: 10_000)
      #expect(writer.furtherFiles == ["large.ige"])
      try StripPipeline(writer: writer, layout: raster.layout, isCancelled: { false }, rows: raster.rows).run()
      let read = try #require(try ReadBack.files([ReadBack.Question(path: path, layout: raster.layout)]).first)
      #expect(read.head.files.sorted() == ["large.ige", "large.img"])
      #expect(read.head.noData == ["1.0", "1.0", "1.0"])
      #expect(read.head.isSameReference)
      let isSame = read.samples == raster.pixels.samples
      #expect(isSame)
    }
  }

  @Test("leave no second file of an Imagine raster that can't be finished")
  func brokenSpill() throws {
    try WrittenRaster.inFolder { folder in
      let raster = WrittenRaster(700, 300, bands: 3, .u8)
      // A folder stands where the file is to be.
      let path = folder.appending(path: "large.img").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(throws: RasterFileError.self) {
        let writer = try ImagineWriter(raster.layout, path: path, greatestFile: 10_000)
        try StripPipeline(writer: writer, layout: raster.layout, isCancelled: { false }, rows: raster.rows).run()
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == ["large.img"])
    }
  }

  @Test("hold what they say they hold", arguments: PixelType.allCases)
  func types(type: PixelType) {
    let layout = WrittenRaster(2, 2, bands: 3, type).layout
    #expect(RasterFormat.imagine.holds(layout))
    #expect(RasterFormat.nitf.holds(layout) == (type != .s8))
    #expect(RasterFormat.jp2.holds(layout) == [.u1, .u2, .u4, .u8, .u16, .s16].contains(type))
    // A NITF image has a length of ten digits: 60,000 x 60,000 x 3 bytes are 10.8 GB, 50,000 x 50,000
    // are 7.5 GB, and twice as much with two bytes a sample.
    var large = layout
    (large.width, large.height) = (60_000, 60_000)
    #expect(!RasterFormat.nitf.holds(large))
    (large.width, large.height) = (50_000, 50_000)
    #expect(RasterFormat.nitf.holds(large) == (type.stride == 1 && type != .s8))
    (large.width, large.height) = (.max, .max)
    for (format, _) in Self.formats { #expect(!format.holds(large)) }
  }

  @Test(
    "lose nothing of what is hardest to compress: the least and the greatest number in no order", arguments: [1, 3, 4])
  func extremes(bands: Int) throws {
    let rasters = [PixelType.u1, .u2, .u4, .u8, .u16, .s16].map {
      WrittenRaster(1100, 300, bands: bands, $0).withExtremes()
    }
    for (raster, read) in zip(rasters, try WrittenRaster.roundTrip(rasters, .jp2)) {
      let isSame = read.samples == raster.pixels.samples
      #expect(isSame, "\(raster.layout.pixelType)")
    }
  }

  static let references: [SpatialReference] = {
    let area = """
      PROJCS["My_LAEA",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
      PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Azimuthal_Equal_Area"],\
      PARAMETER["False_Easting",123456.0],PARAMETER["False_Northing",654321.0],PARAMETER["Central_Meridian",11.25],\
      PARAMETER["Latitude_Of_Origin",47.5],UNIT["Meter",1.0]]
      """
    return [32633, 3857, 4326, 102009].map(WrittenRaster.reference)
      + [try? SpatialReference(wkt: area)].compactMap { $0 }
  }()

  @Test("tell the place in the file itself", arguments: [RasterFormat.imagine, .jp2])
  func places(format: RasterFormat) throws {
    #expect(Self.references.count == 5)
    let rasters = Self.references.map { reference in
      let place =
        reference.isGeographic
        ? WrittenRaster.place(reference, x: 10.1, y: 47.3, pixel: 1 / 3600.0, pixelHeight: 1 / 7200.0)
        : WrittenRaster.place(reference, x: 399_960.25, y: 5_300_040.75, pixel: 0.3, pixelHeight: 0.7)
      return WrittenRaster(100, 70, bands: 2, .u8, georeference: place)
    }
    for (raster, read) in zip(rasters, try WrittenRaster.roundTrip(rasters, format)) {
      let place = raster.layout.georeference
      let what: Comment = "\(place.spatialReference.name)"
      #expect(read.head.isSameReference, what)
      let expected = [place.originX, place.pixelWidth, 0, place.originY, 0, -place.pixelHeight]
      let found = try #require(read.head.geoTransform)
      for (found, expected) in zip(found, expected) {
        #expect(abs(found - expected) <= place.pixelWidth * 1e-6, what)
      }
    }
  }

  @Test("tell the place in a NITF image where whole metres of UTM or thousandths of a degree do, and else nowhere")
  func locations() throws {
    let south = WrittenRaster.reference(32719)
    let places: [(Georeference, isTold: Bool)] = [
      (WrittenRaster.place(), true),
      (WrittenRaster.place(south, x: 399_960, y: 7_000_000, pixel: 30), true),
      (WrittenRaster.place(.wgs84, x: -10.0005, y: 0.0005, pixel: 0.001), true),
      (WrittenRaster.place(.wgs84, x: 10, y: 47, pixel: 0.001), false),
      (WrittenRaster.place(x: 399_960, y: 5_300_040, pixel: 0.5), false),
      (WrittenRaster.place(.webMercator), false),
    ]
    let rasters = places.map { WrittenRaster(20, 30, bands: 1, .u8, georeference: $0.0) }
    for ((place, isTold), read) in zip(places, try WrittenRaster.roundTrip(rasters, .nitf)) {
      guard isTold else {
        #expect(!read.head.files.contains { $0.hasSuffix(".xml") } == (read.head.geoTransform == nil))
        continue
      }
      #expect(read.head.isSameReference)
      let expected = [place.originX, place.pixelWidth, 0, place.originY, 0, -place.pixelHeight]
      for (found, expected) in zip(try #require(read.head.geoTransform), expected) {
        #expect(abs(found - expected) <= place.pixelWidth * 1e-6)
      }
    }
  }

  @Test("tell each band's value without data in an Imagine file")
  func noData() throws {
    let raster = WrittenRaster(70, 5, bands: 3, .f32, noData: [-9999, nil, 1e30])
    let read = try #require(try WrittenRaster.roundTrip([raster], .imagine).first)
    #expect(read.head.noData == ["-9999.0", nil, "1e+30"])
  }

  private static func color(_ value: Int, opacity: Int) -> SIMD4<UInt8> {
    SIMD4(UInt8(value), UInt8(255 - value), UInt8(value * 7 % 256), UInt8(opacity))
  }

  private static func numbers(_ colors: [SIMD4<UInt8>]) -> [[Int]] {
    colors.map { color in [Int(color.x), Int(color.y), Int(color.z), Int(color.w)] }
  }

  @Test("hold the colours of a palette", arguments: formats, [PixelType.u1, .u2, .u4, .u8])
  func palettes(format: (RasterFormat, driver: String), type: PixelType) throws {
    let values: Range<Int> = 0..<(1 << type.bits)
    let colors = values.map { value in Self.color(value, opacity: 255) }
    let raster = WrittenRaster(130, 70, bands: 1, type, colormap: colors)
    let read = try #require(try WrittenRaster.roundTrip([raster], format.0).first)
    let isSame = read.samples == raster.pixels.samples
    #expect(isSame)
    let table = try #require(read.head.colors)
    #expect(Array(table.prefix(colors.count)) == Self.numbers(colors))
  }

  @Test("hold the opacity of a palette's colours where the format does", arguments: [RasterFormat.imagine, .jp2])
  func opacity(format: RasterFormat) throws {
    let colors = (0..<256).map { value in Self.color(value, opacity: 255 - value) }
    let raster = WrittenRaster(130, 70, bands: 1, .u8, colormap: colors)
    let read = try #require(try WrittenRaster.roundTrip([raster], format).first)
    let isSame = read.samples == raster.pixels.samples
    #expect(isSame)
    #expect(read.head.colors == Self.numbers(colors))
  }

  @Test("leave no file when rows can't be read or the caller stops", arguments: formats)
  func failures(format: RasterFormat, driver: String) throws {
    let raster = WrittenRaster(700, 900, bands: 3, .u16)
    try WrittenRaster.inFolder { folder in
      let export = RasterFileExport(raster.layout, as: format, in: folder.path, stem: "broken")
      #expect(throws: RasterFileError.source("gone")) {
        try export.run { (range) throws(RasterFileError) in
          if range.lowerBound > 0 || range.upperBound == 900 { throw .source("gone") }
          return try raster.rows(range)
        }
      }
      #expect(throws: RasterFileError.cancelled) { try export.run(isCancelled: { true }, rows: raster.rows) }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }
}
