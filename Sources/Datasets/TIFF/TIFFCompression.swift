/// How the blocks of a TIFF are compressed.
enum TIFFCompression: Int, Sendable {
  case none = 1
  case ccittRLE = 2
  case ccittGroup3 = 3
  case ccittGroup4 = 4
  case lzw = 5
  case oldJPEG = 6
  case jpeg = 7
  case adobeDeflate = 8
  case ccittRLEWord = 32771
  case packBits = 32773
  case deflate = 32946
  case lerc = 34887
  case lzma = 34925
  case zstd = 50000
  case webp = 50001

  /// The name in ArcGIS's raster information.
  var name: String {
    switch self {
    case .none: "None"
    case .ccittRLE, .ccittRLEWord: "CCITT RLE"
    case .ccittGroup3: "CCITT Group 3"
    case .ccittGroup4: "CCITT Group 4"
    case .lzw: "LZW"
    case .oldJPEG, .jpeg: "JPEG"
    case .adobeDeflate, .deflate: "LZ77"
    case .packBits: "PackBits"
    case .lerc: "LERC"
    case .lzma: "LZMA"
    case .zstd: "ZSTD"
    case .webp: "WebP"
    }
  }
}
