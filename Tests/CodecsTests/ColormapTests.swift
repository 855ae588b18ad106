import Pixels
import Testing

@testable import Codecs

@Suite("A colormap")
struct ColormapTests {
  private let colors = [
    SIMD4<UInt8>(10, 20, 30, 255), SIMD4(200, 0, 1, 255), SIMD4(9, 8, 7, 0), SIMD4(1, 99, 2, 255),
  ]
  private let block = PixelBlock(5, 1, bands: 1, .u8, [0, 1, 2, 3, 77], validity: .all)

  @Test("colours a single band in every picture format; its clear entries and missing ones do not show")
  func colours() throws {
    let options = EncodingOptions(colormap: colors)
    let formats: [ImageFormat] = [.png, .png8, .png24, .png32, .gif, .bmp]
    let rasters = try GDAL.read(
      formats.map { format in
        let image = try format.encode(block, options: options)
        return (image.bytes, image.fileExtension)
      })
    for (format, raster) in zip(formats, rasters) {
      let shown = (0..<5).map { raster.color(at: $0) }
      #expect(shown[0] == [10, 20, 30, 255], "\(format)")
      #expect(shown[1] == [200, 0, 1, 255], "\(format)")
      #expect(shown[3] == [1, 99, 2, 255], "\(format)")
      for pixel in [2, 4] {
        if format == .png24 || format == .bmp {
          #expect(shown[pixel] == [255, 255, 255, 255], "\(format)")
        } else {
          #expect(shown[pixel][3] == 0, "\(format)")
        }
      }
    }
  }

  @Test("of 256 colours that are all used leaves none for holes: the PNG has alpha instead")
  func fullColormap() throws {
    let full = (0..<256).map { SIMD4<UInt8>(UInt8($0), UInt8(255 - $0), 7, 255) }
    let block = PixelBlock(
      width: 257, height: 1, bands: 1, pixelType: .u8, samples: (0..<256).map { UInt8($0) } + [0],
      validity: .pixels(.init(repeating: 255, count: 256) + [0]))
    let options = EncodingOptions(colormap: full)
    let rasters = try GDAL.read([
      (try ImageFormat.png.encode(block, options: options).bytes, "png"),
      (try ImageFormat.png8.encode(block, options: options).bytes, "png"),
    ])
    #expect((0..<257).map { rasters[0].color(at: $0)[3] } == .init(repeating: 255, count: 256) + [0])
    #expect((0..<256).allSatisfy { rasters[0].color(at: $0) == [Double($0), 255 - Double($0), 7, 255] })
    // One of 256 neighbours in the ramp gives its place to transparency.
    #expect((0..<256).allSatisfy { abs(rasters[1].color(at: $0)[0] - Double($0)) <= 8 })
    #expect(rasters[1].color(at: 256)[3] == 0)
  }
}
