import Pixels
import Spatial
import Testing

@testable import Codecs

@Suite("A TIFF, read by GDAL,")
struct TIFFTests {
  @Test("has the samples and the holes of its block, whatever the type, bands, size and compression")
  func roundTrip() throws {
    var cases: [(block: PixelBlock, compression: Compression)] = []
    var seed: UInt64 = 0
    for type in PixelType.allCases {
      for bands in 1...5 {
        for holes in Holes.allCases {
          for compression in [Compression.none, .lz77] {
            seed += 1
            var noise = Noise(seed: seed)
            let (width, height) = (Int.random(in: 1...19, using: &noise), Int.random(in: 1...9, using: &noise))
            cases.append((.noisy(width, height, bands: bands, type, holes: holes, seed: seed), compression))
          }
        }
      }
    }
    let files = try cases.map { block, compression in
      let image = try ImageFormat.tiff.encode(block, options: EncodingOptions(compression: compression))
      return (bytes: image.bytes, fileExtension: image.fileExtension)
    }
    for ((block, compression), raster) in zip(cases, try GDAL.read(files)) {
      let label: Comment =
        "\(block.pixelType) \(block.bands) bands \(block.width)x\(block.height) \(compression) \(block.validity)"
      #expect(raster.width == block.width && raster.height == block.height && raster.bands == block.bands, label)
      let hasMask = raster.noData.allSatisfy { $0 == nil }
      for band in 0..<block.bands {
        let expected = block.band(band)
        var wrong = 0
        for pixel in expected.indices {
          let holds = hasMask ? block.holdsData(pixel: pixel) : block.holdsData(pixel: pixel, band: band)
          if (raster.masks[band][pixel] != 0) != holds { wrong += 1 }
          if holds, raster.values[band][pixel] != expected[pixel] { wrong += 1 }
        }
        #expect(wrong == 0, label)
      }
    }
  }

  @Test("lies where its envelope says, in a spatial reference of a code or of its own")
  func georeference() throws {
    let custom = """
      PROJCS["Local",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
      PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],\
      PARAMETER["False_Easting",1000.0],PARAMETER["False_Northing",2000.0],PARAMETER["Central_Meridian",12.5],\
      PARAMETER["Scale_Factor",0.9997],PARAMETER["Latitude_Of_Origin",3.0],UNIT["Meter",1.0]]
      """
    // PROJ's strings as projinfo prints them for the codes.
    let cases: [(SpatialReference, authority: String?, proj4: String)] = [
      (.wgs84, "EPSG:4326", "+proj=longlat +datum=WGS84 +no_defs"),
      (.webMercator, "EPSG:3857", "+proj=merc +a=6378137 +b=6378137"),
      (try SpatialReference(wkid: 32628), "EPSG:32628", "+proj=utm +zone=28 +datum=WGS84 +units=m +no_defs"),
      (try SpatialReference(wkid: 102009), nil, "+proj=lcc +lat_0=40 +lon_0=-96 +lat_1=20 +lat_2=60"),
      (try SpatialReference(wkid: 54030), nil, "+proj=robin +lon_0=0"),
      (try SpatialReference(wkid: 54009), nil, "+proj=moll +lon_0=0"),
      (try SpatialReference(wkid: 104115), nil, "+proj=longlat"),
      (try SpatialReference(wkt: custom), nil, "+proj=tmerc +lat_0=3 +lon_0=12.5 +k=0.9997 +x_0=1000 +y_0=2000"),
    ]
    let block = PixelBlock.noisy(4, 5, bands: 1, .s16)
    let envelope = Envelope(xmin: 10, ymin: 20, xmax: 14, ymax: 30)
    let files = try cases.map { reference, _, _ in
      let options = EncodingOptions(georeference: Georeference(envelope: envelope, spatialReference: reference))
      return (bytes: try ImageFormat.tiff.encode(block, options: options).bytes, fileExtension: "tif")
    }
    for ((_, authority, proj4), raster) in zip(cases, try GDAL.read(files)) {
      // 14 - 10 in 4 columns, 30 - 20 in 5 rows, from the upper left corner.
      #expect(raster.geoTransform == [10, 1, 0, 30, 0, -2])
      #expect(authority == nil || raster.authority == authority)
      #expect(raster.proj4.hasPrefix(proj4), "\(raster.proj4)")
    }
  }

  @Test("says which value the caller named for no data, and has it where there is none")
  func namedNoData() throws {
    let holes = PixelBlock.Validity.pixels([255, 0, 255, 255])
    let cases: [(PixelBlock, [Double], tag: String)] = [
      (PixelBlock(2, 2, bands: 1, .s16, [1, 2, 3, 4], validity: holes), [-9999], "-9999.0"),
      (PixelBlock(2, 2, bands: 1, .u8, [1, 2, 3, 4], validity: holes), [0], "0.0"),
      (PixelBlock(2, 2, bands: 1, .f32, [1, 2, 3, 4], validity: holes), [0.1], "0.10000000149011612"),
      (PixelBlock(2, 2, bands: 1, .f64, [1, 2, 3, 4], validity: holes), [0.1], "0.1"),
      (PixelBlock(2, 2, bands: 1, .f32, [1, 2, 3, 4], validity: holes), [.nan], "nan"),
      (PixelBlock(2, 2, bands: 1, .u32, [1, 2, 3, 4], validity: holes), [4_294_967_295], "4294967295.0"),
    ]
    let files = try cases.map { block, values, _ in
      (bytes: try ImageFormat.tiff.encode(block, options: EncodingOptions(noData: values)).bytes, fileExtension: "tif")
    }
    for ((block, values, tag), raster) in zip(cases, try GDAL.read(files)) {
      #expect(raster.noData == [tag])
      #expect(raster.masks[0].map { $0 != 0 } == [true, false, true, true])
      let hole = raster.values[0][1]
      let named = block.pixelType == .f32 ? Double(Float(values[0])) : values[0]
      #expect(hole == named || (hole.isNaN && named.isNaN))
    }
  }

  @Test("has the named value in its tag although every pixel holds data")
  func namedNoDataWithoutHoles() throws {
    let options = EncodingOptions(noData: [7])
    let raster = try GDAL.read(ImageFormat.tiff.encode(.noisy(3, 3, bands: 2, .u16), options: options).bytes, "tif")
    #expect(raster.noData == ["7.0", "7.0"])
  }

  @Test("has a mask where values differ from band to band, and the values of each band under it")
  func noDataByBand() throws {
    let block = PixelBlock(2, 1, bands: 3, .u8, [1, 2, 3, 4, 5, 6], validity: .pixels([0, 255]))
    let options = EncodingOptions(noData: [58, 128, 187])
    let raster = try GDAL.read(ImageFormat.tiff.encode(block, options: options).bytes, "tif")
    #expect(raster.noData == [nil, nil, nil])
    #expect(raster.masks == [[0, 255], [0, 255], [0, 255]])
    #expect(raster.values == [[58, 4], [128, 5], [187, 6]])
  }

  @Test("keeps a value out of the type's range out of its tag")
  func noDataOutOfRange() throws {
    let block = PixelBlock(2, 1, bands: 1, .u8, [3, 4], validity: .pixels([0, 255]))
    let raster = try GDAL.read(
      ImageFormat.tiff.encode(block, options: EncodingOptions(noData: [-9999])).bytes, "tif")
    #expect(raster.noData == [nil])
    #expect(raster.masks == [[0, 255]])
  }

  @Test("takes the lowest number for holes in floating-point samples")
  func lowestNumber() throws {
    let block = PixelBlock(2, 1, bands: 1, .f32, [3, 4], validity: .pixels([0, 255]))
    let raster = try GDAL.read(ImageFormat.tiff.encode(block).bytes, "tif")
    #expect(raster.noData == ["-3.4028234663852886e+38"])
    #expect(raster.values == [[-3.4028234663852886e+38, 4]])
  }

  @Test("has the colours of a colormap and still the numbers")
  func colormap() throws {
    let block = PixelBlock(3, 1, bands: 1, .u8, [0, 1, 2])
    let colors = [SIMD4<UInt8>(10, 20, 30, 255), SIMD4(255, 0, 1, 255), SIMD4(9, 8, 7, 255)]
    let raster = try GDAL.read(ImageFormat.tiff.encode(block, options: EncodingOptions(colormap: colors)).bytes, "tif")
    #expect(raster.colorInterpretation == ["Palette"])
    #expect(raster.values == [[0, 1, 2]])
    #expect(raster.colors?.prefix(3) == [[10, 20, 30, 255], [255, 0, 1, 255], [9, 8, 7, 255]])
  }

  @Test("is JPEG within a few grey levels, its holes in a mask, and LZ77 where JPEG can't be")
  func jpeg() throws {
    var photo = PixelBlock.photo(70, 50)
    photo.validity = .pixels((0..<70 * 50).map { $0 % 70 < 20 ? 0 : 255 })
    let cases: [(PixelBlock, compression: String)] = [
      (.photo(70, 50), "YCbCr JPEG"), (.photo(70, 50, bands: 1), "JPEG"), (photo, "YCbCr JPEG"),
      (.photo(70, 50, bands: 4), "DEFLATE"), (.noisy(70, 50, bands: 1, .f32), "DEFLATE"),
    ]
    let options = EncodingOptions(compression: .jpeg, compressionQuality: 90)
    let files = try cases.map {
      (bytes: try ImageFormat.tiff.encode($0.0, options: options).bytes, fileExtension: "tif")
    }
    for ((block, compression), raster) in zip(cases, try GDAL.read(files)) {
      #expect(raster.structure["COMPRESSION"] == compression)
      #expect(raster.masks[0].map { $0 != 0 } == (0..<70 * 50).map { block.holdsData(pixel: $0) })
      var error = 0.0
      for band in 0..<block.bands {
        error += zip(raster.values[band], block.band(band)).reduce(0) { $0 + abs($1.0 - $1.1) }
      }
      // Grain of +-5 levels at quality 90 with halved colours: on average 3 levels at most.
      #expect(error / Double(70 * 50 * block.bands) < (compression.hasSuffix("JPEG") ? 3 : 1e-9))
    }
  }

  @Test("is read strip by strip: larger pictures come back whole")
  func strips() throws {
    let block = PixelBlock.photo(301, 203)
    let files = try Compression.allCases.map {
      let options = EncodingOptions(compression: $0, compressionQuality: 100)
      return (bytes: try ImageFormat.tiff.encode(block, options: options).bytes, fileExtension: "tif")
    }
    let expected = (0..<3).map { block.band($0) }
    for (compression, raster) in zip(Compression.allCases, try GDAL.read(files)) where compression != .jpeg {
      #expect(raster.values == expected)
    }
  }
}
