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
}
