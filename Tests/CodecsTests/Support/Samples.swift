import Pixels

/// A repeatable source of numbers (SplitMix64).
struct Noise: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Which pixels of a test block hold data.
enum Holes: CaseIterable {
  case nowhere, everywhere, inPixels, inSamples
}

extension PixelBlock {
  /// A block made of numbers, clamped to the type.
  init(_ width: Int, _ height: Int, bands: Int, _ type: PixelType, _ values: [Double], validity: Validity = .all) {
    var block = PixelBlock.empty(width: width, height: height, bands: bands, pixelType: type)
    block.validity = validity
    block.fill(values)
    self = block
  }

  private mutating func fill(_ values: [Double]) {
    let most = pixelType.range.upperBound
    switch pixelType {
    case .u1, .u2, .u4, .u8: store(values.map { UInt8(clamping: min($0, most)) })
    case .s8: store(values.map { Int8(clamping: $0) })
    case .u16: store(values.map { UInt16(clamping: $0) })
    case .s16: store(values.map { Int16(clamping: $0) })
    case .u32: store(values.map { UInt32(clamping: $0) })
    case .s32: store(values.map { Int32(clamping: $0) })
    case .f32: store(values.map { Float(clamping: $0) })
    case .f64: store(values)
    }
  }

  private mutating func store<T: Sample>(_ values: [T]) {
    withMutableSamples(as: T.self) { samples in
      for index in samples.indices { samples[index] = values[index] }
    }
  }

  /// Smooth values with some noise over the whole range of the type, or -1000…1000 for floating-point numbers.
  static func noisy(
    _ width: Int, _ height: Int, bands: Int, _ type: PixelType, holes: Holes = .nowhere, seed: UInt64 = 1
  ) -> PixelBlock {
    var noise = Noise(seed: seed)
    let range = type.isFloatingPoint ? -1000...1000 : type.range
    let count = width * height * bands
    let values = (0..<count).map { _ in Double.random(in: range, using: &noise) }
    let validity: Validity =
      switch holes {
      case .nowhere: .all
      case .everywhere: .none
      case .inPixels: .pixels((0..<width * height).map { _ in Bool.random(using: &noise) ? 255 : 0 })
      case .inSamples: .samples((0..<count).map { _ in Bool.random(using: &noise) ? 255 : 0 })
      }
    return PixelBlock(width, height, bands: bands, type, values, validity: validity)
  }

  /// A picture like a photograph from the air: smooth shades, edges and grain.
  static func photo(_ width: Int, _ height: Int, bands: Int = 3, seed: UInt64 = 7) -> PixelBlock {
    var noise = Noise(seed: seed)
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * bands)
    for row in 0..<height {
      for column in 0..<width {
        let shade = 60 + (column * 97 / width) + (row * 53 / height)
        let field = (column / 37 + row / 23) % 3 * 18
        let grain = Int(noise.next() % 9) - 4
        for band in 0..<bands {
          samples.append(UInt8(clamping: shade + field + grain + band * 9 + Int(noise.next() % 3)))
        }
      }
    }
    return PixelBlock(width: width, height: height, bands: bands, pixelType: .u8, samples: samples)
  }

  /// All samples as doubles, in memory order.
  var numbers: [Double] {
    func numbers<T: Sample>(_: T.Type) -> [Double] { withSamples(as: T.self) { $0.map(\.asDouble) } }
    return pixelType.withSampleType { numbers($0) }
  }

  /// The numbers of one band.
  func band(_ band: Int) -> [Double] {
    let all = numbers
    return stride(from: band, to: all.count, by: bands).map { all[$0] }
  }

  /// Whether a sample holds data.
  func holdsData(pixel: Int, band: Int) -> Bool {
    switch validity {
    case .all: true
    case .none: false
    case .pixels(let mask): mask[pixel] != 0
    case .samples(let mask): mask[pixel * bands + band] != 0
    }
  }

  /// Whether any band of a pixel holds data.
  func holdsData(pixel: Int) -> Bool { (0..<bands).contains { holdsData(pixel: pixel, band: $0) } }
}
