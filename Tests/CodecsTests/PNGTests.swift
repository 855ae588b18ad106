import Foundation
import Pixels
import Testing

@testable import Codecs

@Suite("A PNG, read by GDAL,")
struct PNGTests {
  private static let formats: [ImageFormat] = [.png, .png8, .png24, .png32]

  @Test("shows the pixels of its block, and nothing where it holds no data", arguments: formats)
  func roundTrip(format: ImageFormat) throws {
    var blocks: [PixelBlock] = []
    var seed: UInt64 = 0
    for bands in 1...5 {
      for holes in Holes.allCases {
        for (width, height) in [(1, 1), (1, 9), (13, 1), (15, 7), (33, 21)] {
          seed += 1
          blocks.append(.noisy(width, height, bands: bands, .u8, holes: holes, seed: seed))
        }
      }
    }
    // More than one deflate block, and runs of zeros.
    blocks.append(.photo(250, 130))
    blocks.append(.photo(250, 130, bands: 1))
    var withBorder = PixelBlock.photo(250, 130)
    withBorder.validity = .pixels((0..<250 * 130).map { $0 % 250 < 100 || $0 / 250 > 90 ? 0 : 255 })
    blocks.append(withBorder)
    let files = try blocks.map { (bytes: try format.encode($0).bytes, fileExtension: "png") }
    for (block, raster) in zip(blocks, try GDAL.read(files)) {
      let label: Comment = "\(block.bands) bands \(block.width)x\(block.height)"
      #expect(raster.width == block.width && raster.height == block.height, label)
      let isExact = format != .png8 || block.bands < 3 || block.width * block.height < 256
      let colors = block.bands < 3 ? [0, 0, 0] : [0, 1, 2]
      let drawn = colors.map { block.band($0) }
      var wrong = 0
      for pixel in 0..<block.width * block.height {
        let shown = raster.color(at: pixel)
        if !block.holdsData(pixel: pixel) {
          let expected: [Double] = format == .png24 ? [255, 255, 255, 255] : [0, 0, 0, 0]
          if format == .png24 ? shown != expected : shown[3] != 0 { wrong += 1 }
        } else if shown[3] != 255 || (isExact && shown[..<3] != drawn.map({ $0[pixel] })[...]) {
          wrong += 1
        }
      }
      #expect(wrong == 0, label)
    }
  }

  @Test("is at most a tenth larger than libpng's at level 6 for shades, and a third for few colours")
  func sizes() throws {
    var half = PixelBlock.photo(200, 160)
    for at in 0..<200 * 160 * 3 where at / 3 % 200 < 80 { half.samples[at] = 0 }
    let classes: [[UInt8]] = [[230, 10, 20], [20, 200, 10], [3, 30, 190], [250, 250, 240], [90, 80, 70]]
    let colors = (0..<200 * 160).flatMap { pixel -> [UInt8] in
      let (x, y) = (pixel % 200, pixel / 200)
      return classes[(x / 17 * 3 + y / 11 * 7 + x * y / 9000) % 5]
    }
    let flat = PixelBlock(width: 200, height: 160, bands: 3, pixelType: .u8, samples: colors)
    let cases: [(PixelBlock, most: Double)] = [
      (.photo(200, 160), 1.1), (.photo(200, 160, bands: 1), 1.1), (half, 1.1), (flat, 1.35),
    ]
    let script = """
      import sys
      from osgeo import gdal
      gdal.UseExceptions()
      for path in sys.argv[1:]:
          gdal.GetDriverByName('PNG').CreateCopy(path + '.png', gdal.Open(path), options=['ZLEVEL=6'])
      """
    try TemporaryFolder.use { folder in
      let paths = cases.indices.map { folder.appending(path: "\($0).tif").path }
      for ((block, _), path) in zip(cases, paths) {
        try Data(ImageFormat.tiff.encode(block).bytes).write(to: URL(fileURLWithPath: path))
      }
      _ = try Python.run(script, paths)
      for ((block, most), path) in zip(cases, paths) {
        let theirs = try Data(contentsOf: URL(fileURLWithPath: path + ".png")).count
        for format in [ImageFormat.png, .png24] where block.bands == 3 || format == .png {
          #expect(try Double(format.encode(block).bytes.count) < most * Double(theirs))
        }
      }
    }
  }

  @Test("of 256 colours errs less than GDAL's median cut does")
  func quantizer() throws {
    // Thousands of colours in two directions and some noise.
    var noise = Noise(seed: 5)
    let samples = (0..<120 * 100).flatMap { pixel in
      let (x, y) = (pixel % 120, pixel / 120)
      return [x * 2, y * 2 + 20, (x + y) % 256].map { UInt8(clamping: $0 + Int.random(in: 0...9, using: &noise)) }
    }
    let block = PixelBlock(width: 120, height: 100, bands: 3, pixelType: .u8, samples: samples)
    let script = """
      import sys
      import numpy as np
      from osgeo import gdal
      gdal.UseExceptions()
      d = gdal.Open(sys.argv[1])
      table = gdal.ColorTable()
      gdal.ComputeMedianCutPCT(*[d.GetRasterBand(i) for i in (1, 2, 3)], 256, table)
      colors = np.array([table.GetColorEntry(i)[:3] for i in range(table.GetCount())]).astype(float)
      pixels = d.ReadAsArray().reshape(3, -1).T.astype(float)
      print(sum(((p - colors) ** 2).sum(1).min() for p in pixels) / len(pixels))
      """
    let theirs = try TemporaryFolder.use { folder in
      let file = folder.appending(path: "true.tif")
      try Data(ImageFormat.tiff.encode(block).bytes).write(to: file)
      return String(decoding: try Python.run(script, [file.path]), as: UTF8.self)
    }
    let raster = try GDAL.read(ImageFormat.png8.encode(block).bytes, "png")
    #expect(try #require(raster.colors?.count) <= 256)
    var ours = 0.0
    for pixel in 0..<120 * 100 {
      let shown = raster.color(at: pixel)
      for band in 0..<3 {
        let apart = shown[band] - Double(samples[pixel * 3 + band])
        ours += apart * apart / (120 * 100)
      }
    }
    #expect(ours <= (try #require(Double(theirs.trimmingCharacters(in: .newlines)))))
  }
}
