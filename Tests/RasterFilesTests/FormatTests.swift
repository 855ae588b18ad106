import Foundation
import Pixels
import Spatial
import Testing

@testable import RasterFiles

@Suite("A raster file, read by GDAL,")
struct FormatTests {
  /// The formats of these tests, and GDAL's driver that reads each.
  private static let drivers: [RasterFormat: String] = [
    .tiff: "GTiff", .bil: "EHdr", .bsq: "EHdr", .bip: "EHdr", .envi: "ENVI", .png: "PNG", .gif: "GIF", .bmp: "BMP",
    .jpeg: "JPEG",
  ]

  /// What can be written without loss, by the formats' definitions: types, bands.
  private static func canHold(_ format: RasterFormat, _ type: PixelType, _ bands: Int) -> Bool {
    switch format {
    case .tiff: true
    case .bil, .bsq, .bip: type != .f64
    case .envi: type != .s8
    case .png: [.u1, .u2, .u4, .u8, .u16].contains(type) && (bands == 1 || bands == 3)
    case .gif: [.u1, .u2, .u4, .u8].contains(type) && bands == 1
    case .bmp: [.u1, .u2, .u4, .u8].contains(type) && (bands == 1 || bands == 3)
    case .jpeg: type == .u8 && (bands == 1 || bands == 3)
    default: false
    }
  }

  @Test("has its pixels, place and no-data values, whatever the type, bands and size; what it can't hold is a TIFF")
  func roundTrip() throws {
    try TemporaryFolder.use { folder in
      var expectations: [GDAL.Expectation] = []
      var formats: [RasterFormat] = []
      let sizes = [(1, 1), (257, 3), (3, 261), (300, 290), (70, 41), (17, 1), (1, 19)]
      for (format, _) in Self.drivers.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where format != .jpeg {
        for type in PixelType.allCases {
          for bands in 1...4 {
            let number = expectations.count
            var (width, height) = sizes[number % sizes.count]
            // GDAL opens no file of one byte.
            if width * height * bands * type.stride == 1 { (width, height) = (2, 1) }
            let noData: Double? = number % 3 == 0 ? nil : type.isFloatingPoint ? -32768.5 : 1
            let raster = TestRaster(
              width, height, bands: bands, type, seed: UInt64(number),
              noData: [Double?](repeating: noData, count: bands))
            let files = try raster.write(as: format, in: folder, stem: "\(number)")
            expectations.append(GDAL.Expectation(path: folder.appending(path: files[0]).path, raster: raster))
            formats.append(format)
          }
        }
      }
      for ((expectation, format), found) in zip(
        zip(expectations, formats), try GDAL.read(expectations, in: folder))
      {
        let layout = expectation.raster.layout
        let (type, bands) = (layout.pixelType, layout.bands)
        let label: Comment = "\(format) \(type) \(bands) bands \(layout.width)x\(layout.height)"
        let isHeld = Self.canHold(format, type, bands)
        #expect(format.holds(layout) == isHeld, label)
        #expect(found.driver == Self.drivers[isHeld ? format : .tiff], label)
        #expect(found.difference == 0 && found.bands == bands, label)
        #expect(found.type == type.numpyName, label)
        #expect(Self.agree(found.geoTransform, [500_000.1, 0.3, 0, 4_649_776.7, 0, -0.7]), label)
        #expect(found.isSameReference, label)
        // A GIF may have a single transparent value, GDAL's no-data value of it.
        #expect(found.noData == layout.noData.map { $0.map { "\($0)" } }, label)
      }
    }
  }

  /// Whether numbers are equal to a billionth.
  private static func agree(_ first: [Double], _ second: [Double]) -> Bool {
    zip(first, second).allSatisfy { abs($0 - $1) <= 1e-9 * abs($1) }
  }

  @Test("has nearly its pixels as JPEG, in one strip and in many")
  func jpeg() throws {
    try TemporaryFolder.use { folder in
      // 65500 columns are the most that JPEG has; 10 strips' restart markers begin anew after the eighth.
      let rasters = [(1, 1, 1), (17, 33, 3), (2000, 3001, 3), (65500, 100, 1), (9000, 330, 1), (40, 65500, 3)].map {
        TestRaster.shades($0, $1, bands: $2)
      }
      let expectations = try rasters.enumerated().map { number, raster in
        let files = try raster.write(as: .jpeg, in: folder, stem: "\(number)", quality: 95)
        #expect(files == ["\(number).jpg", "\(number).jgw", "\(number).jpg.aux.xml"])
        return GDAL.Expectation(path: folder.appending(path: files[0]).path, raster: raster)
      }
      for found in try GDAL.read(expectations, in: folder) {
        #expect(found.driver == "JPEG" && found.isSameReference)
        #expect((0...6).contains(found.difference), "\(found.width)x\(found.height): \(found.difference)")
        #expect(Self.agree(found.geoTransform, [500_000.1, 0.3, 0, 4_649_776.7, 0, -0.7]))
      }
    }
  }

  @Test("has its colours, where its format has colours by number")
  func colormap() throws {
    try TemporaryFolder.use { folder in
      var expectations: [(RasterFormat, GDAL.Expectation)] = []
      for format in [RasterFormat.tiff, .bil, .bsq, .bip, .envi, .png, .gif, .bmp, .jpeg] {
        for type in [PixelType.u1, .u2, .u4, .u8, .u16] {
          var raster = TestRaster(61, 40, bands: 1, type, seed: 5)
          // Fewer colours than values.
          let count = type == .u16 ? 60000 : max(2, (1 << type.bits) * 3 / 4)
          raster.layout.colormap = (0..<count).map { number -> SIMD4<UInt8> in
            let (red, green, blue) = (number % 251, number * 7 % 256, 255 - number % 200)
            return SIMD4(UInt8(red), UInt8(green), UInt8(blue), 255)
          }
          let files = try raster.write(as: format, in: folder, stem: "\(expectations.count)")
          expectations.append((format, .init(path: folder.appending(path: files[0]).path, raster: raster)))
        }
      }
      for ((format, expectation), found) in zip(expectations, try GDAL.read(expectations.map(\.1), in: folder)) {
        let label: Comment = "\(format) \(expectation.raster.layout.pixelType)"
        #expect(found.difference == 0, label)
        let colors = expectation.raster.layout.colormap ?? []
        let wanted = colors.map { [Int($0.x), Int($0.y), Int($0.z), Int($0.w)] }
        #expect(found.colors.map { Array($0.prefix(wanted.count)) } == wanted, label)
        // Numbers of colours are not blurred, and 65,536 of them only some can have.
        let isWide = expectation.raster.layout.pixelType == .u16
        let becomesTIFF = format == .jpeg || isWide && [.png, .gif, .bmp, .envi].contains(format)
        #expect(found.driver == Self.drivers[becomesTIFF ? .tiff : format], label)
      }
    }
  }

  @Test("is packed to its bits where its format has so few")
  func bits() throws {
    try TemporaryFolder.use { folder in
      let types = [(PixelType.u1, 1), (.u2, 2), (.u4, 4)]
      let expectations = try types.flatMap { type, bits in
        let raster = TestRaster(65, 8, bands: 1, type)
        return try [RasterFormat.tiff, .png].map { format in
          let name = try raster.write(as: format, in: folder, stem: "\(bits)")[0]
          return GDAL.Expectation(path: folder.appending(path: name).path, raster: raster)
        }
      }
      for (expectation, found) in zip(expectations, try GDAL.read(expectations, in: folder)) {
        #expect(found.bits == expectation.raster.layout.pixelType.bits && found.difference == 0)
      }
    }
  }

  @Test("lies in its spatial reference, of a code or of its own")
  func references() throws {
    let custom = """
      PROJCS["Local <&> \\"{grid}\\"",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,\
      298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],\
      PARAMETER["False_Easting",1000.0],PARAMETER["False_Northing",2000.0],PARAMETER["Central_Meridian",12.5],\
      PARAMETER["Scale_Factor",0.9997],PARAMETER["Latitude_Of_Origin",3.0],UNIT["Meter",1.0]]
      """.replacingOccurrences(of: "\\\"", with: "")
    let references: [(SpatialReference, String)] = [
      (.wgs84, "EPSG:4326"), (try SpatialReference(wkid: 32628), "EPSG:32628"),
      (try SpatialReference(wkid: 3035), "EPSG:3035"), (try SpatialReference(wkid: 27700), "EPSG:27700"),
      (try SpatialReference(wkid: 2263), "EPSG:2263"), (try SpatialReference(wkid: 102009), "ESRI:102009"),
      (try SpatialReference(wkid: 54030), "ESRI:54030"), (try SpatialReference(wkt: custom), custom),
    ]
    try TemporaryFolder.use { folder in
      var expectations: [(RasterFormat, GDAL.Expectation)] = []
      for format in Self.drivers.keys {
        for (reference, text) in references {
          let raster = TestRaster(9, 7, bands: 1, .u8, reference: reference)
          let name = try raster.write(as: format, in: folder, stem: "\(expectations.count)")[0]
          let path = folder.appending(path: name).path
          expectations.append((format, .init(path: path, raster: raster, reference: text)))
        }
      }
      for ((format, expectation), found) in zip(expectations, try GDAL.read(expectations.map(\.1), in: folder)) {
        // Esri's text does not tell that northings come first in 3035, and latitudes in 4326.
        let hasEsriText = [.bil, .bsq, .bip, .envi].contains(format)
        let isTurned = expectation.reference == "EPSG:3035" || expectation.reference == "EPSG:4326"
        #expect(
          hasEsriText && isTurned ? found.isSameProjection : found.isSameReference,
          "\(format) \(expectation.reference)")
      }
    }
  }

  @Test("has the no-data value of each band, also where they differ or are not numbers")
  func noData() throws {
    try TemporaryFolder.use { folder in
      let cases: [(PixelType, [Double?], [String?])] = [
        (.s16, [-1, nil, 7], ["-1.0", nil, "7.0"]), (.f32, [.nan, .nan, .nan], ["nan", "nan", "nan"]),
        (.f64, [-1e300, -1e300, -1e300], ["-1e+300", "-1e+300", "-1e+300"]),
        (.u8, [0, 0, 0], ["0.0", "0.0", "0.0"]), (.u8, [nil, 3, 3], [nil, "3.0", "3.0"]),
      ]
      var expectations: [GDAL.Expectation] = []
      var wanted: [[String?]] = []
      for format in [RasterFormat.tiff, .bil, .bsq, .bip, .envi, .png, .bmp, .jpeg] {
        for (type, noData, texts) in cases {
          let raster = TestRaster(9, 7, bands: 3, type, noData: noData)
          let name = try raster.write(as: format, in: folder, stem: "\(expectations.count)")[0]
          expectations.append(.init(path: folder.appending(path: name).path, raster: raster))
          wanted.append(texts)
        }
      }
      for (number, found) in try GDAL.read(expectations, in: folder).enumerated() {
        #expect(found.noData == wanted[number], "\(expectations[number].path)")
      }
    }
  }

  @Test("comes in many strips as in one")
  func manyStrips() throws {
    try TemporaryFolder.use { folder in
      // 10 to 20 MB: strips have 1 to 8 MiB.
      let rasters = [
        TestRaster(1801, 2303, bands: 3, .u8), TestRaster(2501, 2001, bands: 1, .u16),
        TestRaster(900, 803, bands: 4, .f32), TestRaster(3003, 4001, bands: 1, .u4),
        // Wide rows, and a tall raster too narrow for tiles.
        TestRaster(200_001, 30, bands: 3, .u8), TestRaster(15_001, 301, bands: 2, .u16),
        TestRaster(201, 50_001, bands: 1, .u8),
      ]
      var expectations: [GDAL.Expectation] = []
      for format in Self.drivers.keys where format != .jpeg {
        for (number, raster) in rasters.enumerated() where format.holds(raster.layout) {
          let name = try raster.write(as: format, in: folder, stem: "\(format)-\(number)")[0]
          expectations.append(.init(path: folder.appending(path: name).path, raster: raster))
        }
      }
      for (expectation, found) in zip(expectations, try GDAL.read(expectations, in: folder)) {
        #expect(found.difference == 0, "\(expectation.path)")
      }
    }
  }

  @Test("has its pixels as PNG also where they are smooth, or all the same")
  func smoothPNG() throws {
    try TemporaryFolder.use { folder in
      var flat = TestRaster(3000, 2001, bands: 1, .u8)
      flat.samples = [UInt8](repeating: 77, count: flat.samples.count)
      var deep = TestRaster(1500, 1203, bands: 3, .u16)
      deep.samples = (0..<1500 * 1203 * 3).flatMap { index in
        // A surface that rises to the south-east, in steps that are no bytes.
        let value = UInt16(truncatingIfNeeded: index / 3 % 1500 * 17 + index / 4500 * 23 + index % 3 * 5000)
        return [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)]
      }
      let expectations = try [flat, deep, TestRaster.shades(2000, 1999, bands: 3)].enumerated().map { number, raster in
        let name = try raster.write(as: .png, in: folder, stem: "\(number)")[0]
        return GDAL.Expectation(path: folder.appending(path: name).path, raster: raster)
      }
      for found in try GDAL.read(expectations, in: folder) {
        #expect(found.driver == "PNG" && found.difference == 0, "\(found.width)x\(found.height)")
      }
    }
  }

  @Test("has side files of the names that its readers look for")
  func names() throws {
    try TemporaryFolder.use { folder in
      var raster = TestRaster(5, 4, bands: 1, .u8)
      func files(_ format: RasterFormat) throws -> [String] { try raster.write(as: format, in: folder, stem: "r") }
      #expect(try files(.tiff) == ["r.tif"])
      #expect(try files(.bil) == ["r.bil", "r.hdr", "r.prj", "r.blw"])
      #expect(try files(.envi) == ["r.dat", "r.hdr"])
      #expect(try files(.png) == ["r.png", "r.pgw", "r.png.aux.xml"])
      #expect(try files(.gif) == ["r.gif", "r.gfw", "r.gif.aux.xml"])
      #expect(try files(.bmp) == ["r.bmp", "r.bpw", "r.bmp.aux.xml"])
      raster.layout.colormap = [SIMD4(1, 2, 3, 255)]
      #expect(try files(.bip) == ["r.bip", "r.hdr", "r.prj", "r.bpw", "r.clr"])
      // 500000.1 + 0.3 / 2 and 4649776.7 - 0.7 / 2 are the centre of the first pixel.
      let world = try String(contentsOf: folder.appending(path: "r.pgw"), encoding: .utf8)
      let numbers = world.split(separator: "\n").compactMap { Double($0) }
      #expect(Self.agree(numbers, [0.3, 0, 0, -0.7, 500_000.25, 4_649_776.35]) && numbers.count == 6)
    }
  }

  @Test("is a TIFF where its size is beyond its format's numbers")
  func limits() {
    func layout(_ width: Int, _ height: Int, bands: Int = 1) -> RasterLayout {
      var layout = TestRaster(1, 1, bands: bands, .u8).layout
      layout.width = width
      layout.height = height
      return layout
    }
    #expect(RasterFormat.jpeg.holds(layout(65500, 65500)) && !RasterFormat.jpeg.holds(layout(65501, 1)))
    #expect(RasterFormat.gif.holds(layout(65535, 65535)) && !RasterFormat.gif.holds(layout(1, 65536)))
    #expect(RasterFormat.png.holds(layout(1_000_000, 1)) && !RasterFormat.png.holds(layout(1_000_001, 1)))
    // 54 + 256 * 4 + 65536 * 65535 bytes are 64,458 less than 4 GiB; 54 + 90000 * 47721 are 77,242 less.
    #expect(RasterFormat.bmp.holds(layout(65536, 65535)) && !RasterFormat.bmp.holds(layout(65536, 65536)))
    #expect(RasterFormat.bmp.holds(layout(30000, 47721, bands: 3)))
    #expect(!RasterFormat.bmp.holds(layout(30000, 47722, bands: 3)))
  }
}
