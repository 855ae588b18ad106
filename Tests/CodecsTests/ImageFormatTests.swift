import Pixels
import Testing

@testable import Codecs

@Suite("Formats")
struct ImageFormatTests {
  @Test("are known by name whatever its case")
  func names() {
    for name in ["jpgpng", "JPGPNG", "png32", "PNG32", "TIFF", "Lerc", "bsq", "GIF"] {
      #expect(ImageFormat(name: name)?.rawValue == name.lowercased())
    }
    #expect(ImageFormat(name: "webp") == nil)
    #expect(Compression(name: "None") == Compression.none)
    #expect(Compression(name: "LZ77") == .lz77)
    #expect(Compression(name: "JPEG") == .jpeg)
    #expect(Compression(name: "zip") == nil)
  }

  @Test("have the media types of the REST API")
  func contentTypes() throws {
    let block = PixelBlock.noisy(2, 2, bands: 3, .u8)
    let expected: [ImageFormat: String] = [
      .png: "image/png", .png8: "image/png", .png24: "image/png", .png32: "image/png", .jpg: "image/jpeg",
      .bmp: "image/bmp", .gif: "image/gif", .tiff: "image/tiff", .bip: "application/octet-stream",
      .bsq: "application/octet-stream", .lerc: "image/lerc", .jpgpng: "image/jpeg",
    ]
    for format in ImageFormat.allCases {
      #expect(try format.encode(block).contentType == expected[format])
      #expect(format.contentType == expected[format])
    }
  }

  @Test("jpgpng is JPEG when everything shows and PNG with alpha when something does not")
  func jpgpng() throws {
    var block = PixelBlock.noisy(4, 4, bands: 3, .u8)
    #expect(try ImageFormat.jpgpng.encode(block).format == .jpg)
    // A mask without holes hides nothing.
    block.validity = .pixels(.init(repeating: 255, count: 16))
    #expect(try ImageFormat.jpgpng.encode(block).contentType == "image/jpeg")
    block.validity = .pixels([0] + .init(repeating: 255, count: 15))
    let image = try ImageFormat.jpgpng.encode(block)
    #expect(image.format == .png32 && image.contentType == "image/png" && image.fileExtension == "png")
    let numbers = PixelBlock(2, 1, bands: 1, .u8, [0, 1])
    let clear = EncodingOptions(colormap: [SIMD4(1, 2, 3, 255), SIMD4(0, 0, 0, 0)])
    #expect(try ImageFormat.jpgpng.encode(numbers, options: clear).format == .png32)
  }

  @Test("of 8 bits refuse wider samples, the others take them", arguments: ImageFormat.allCases)
  func pixelTypes(format: ImageFormat) throws {
    for type in PixelType.allCases {
      let block = PixelBlock.noisy(3, 2, bands: 1, type)
      if format.holdsEveryPixelType || [.u1, .u2, .u4, .u8].contains(type) {
        #expect(throws: Never.self) { try format.encode(block) }
      } else {
        #expect(throws: EncodingError.pixelType(type, format)) { try format.encode(block) }
      }
    }
  }

  @Test("refuse a block without pixels", arguments: ImageFormat.allCases)
  func empty(format: ImageFormat) {
    #expect(throws: EncodingError.empty) {
      try format.encode(.empty(width: 0, height: 3, bands: 1, pixelType: .u8))
    }
  }

  @Test("take odd numbers without harm", arguments: ImageFormat.allCases.filter(\.holdsEveryPixelType))
  func oddNumbers(format: ImageFormat) throws {
    let values = [
      Double.infinity, -.infinity, .nan, 0, -0.0, 1e300, -1e300, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]
    let floats = values.flatMap { value in withUnsafeBytes(of: Float(value)) { Array($0) } }
    let blocks = [
      PixelBlock(width: 9, height: 1, bands: 1, pixelType: .f32, samples: floats),
      PixelBlock(9, 1, bands: 1, .f64, values),
    ]
    for var block in blocks {
      for validity in [PixelBlock.Validity.all, .none, .pixels([255, 255, 0, 255, 0, 255, 255, 0, 255])] {
        block.validity = validity
        for tolerance in [0, -1, 1e-300, 1e300, Double.infinity, .nan] {
          for version in [1, 2] {
            for noData in [[], [Double.nan], [.infinity], [1e308], [0, 1, 2]] {
              let options = EncodingOptions(
                compression: .lz77, compressionQuality: -5, compressionTolerance: tolerance, lercVersion: version,
                noData: noData)
              let file = try? format.encode(block, options: options)
              #expect(file?.bytes.isEmpty == false)
            }
          }
        }
      }
    }
  }

  @Test("take a colormap without colours", arguments: ImageFormat.allCases)
  func emptyColormap(format: ImageFormat) throws {
    let block = PixelBlock.noisy(3, 3, bands: 1, .u8)
    #expect(throws: Never.self) { try format.encode(block, options: EncodingOptions(colormap: [])) }
  }
}
