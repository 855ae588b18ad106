import CLerc
import Pixels

/// LERC: one blob a band, one after another, each with its mask.
struct LercEncoder: ImageEncoder {
  var contentType: String { "image/lerc" }
  var fileExtension: String { "lerc" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let tolerance = max(0, options.compressionTolerance ?? (block.pixelType.isFloatingPoint ? 0 : 0.5))
    if options.lercVersion == 1 { return try Lerc1Writer.blobs(of: block, tolerance: tolerance) }
    return try Self.blobs(of: block, tolerance: tolerance)
  }

  /// Codec version 3 of LERC 2: the newest that all readers in the field take.
  private static let codecVersion: Int32 = 3

  private static func blobs(of block: PixelBlock, tolerance: Double) throws(EncodingError) -> [UInt8] {
    let samples = block.bandSequentialSamples
    let validity = block.validityWithoutNaN
    let masks: (bytes: [UInt8]?, count: Int) =
      switch validity {
      case .all: (nil, 0)
      case .none: ([UInt8](repeating: 0, count: block.width * block.height), 1)
      case .pixels(let mask): (mask.map { $0 == 0 ? 0 : 1 }, 1)
      case .samples(let mask): (block.bandSequential(mask: mask).map { $0 == 0 ? 0 : 1 }, block.bands)
      }
    // A blob is never larger than header, plain mask and plain samples.
    let bound = samples.count + (256 + block.width * block.height / 8 * 2) * block.bands
    guard let room = UInt32(exactly: bound), let columns = Int32(exactly: block.width),
      let rows = Int32(exactly: block.height)
    else { throw .tooLarge(width: block.width, height: block.height) }
    var written: UInt32 = 0
    var status: UInt32 = 0
    let blobs = [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      // The library sets single bits of words that it takes to be 0.
      out.initialize(repeating: 0)
      status = samples.withUnsafeBytes { samples in
        lerc_encodeForVersion(
          samples.baseAddress, codecVersion, block.pixelType.lercType, 1, columns, rows, Int32(block.bands),
          Int32(masks.count), masks.bytes, tolerance, out.baseAddress, room, &written)
      }
      count = status == 0 ? Int(written) : 0
    }
    guard status == 0 else { throw .library("LERC status \(status)") }
    return blobs
  }
}

extension PixelType {
  /// The number that the LERC library has for a type.
  fileprivate var lercType: UInt32 {
    switch self {
    case .s8: 0
    case .u1, .u2, .u4, .u8: 1
    case .s16: 2
    case .u16: 3
    case .s32: 4
    case .u32: 5
    case .f32: 6
    case .f64: 7
    }
  }
}
