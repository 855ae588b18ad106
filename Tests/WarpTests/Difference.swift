import Pixels

/// How a picture differs from the one that GDAL drew.
struct Difference: Equatable {
  /// Pixels that hold data in one of them only.
  var outline = 0
  /// Samples that differ at all.
  var samples = 0
  /// The greatest difference of two samples.
  var greatest = 0.0
  /// Pixels that hold data in both.
  var common = 0

  /// Compares a picture with GDAL's, whose last band says where it holds data.
  init(_ block: PixelBlock, _ expected: [Double]) {
    let numbers = block.numbers
    let mask = block.sampleMask
    let bands = block.bands
    precondition(expected.count == block.width * block.height * (bands + 1), "pictures of the same size")
    for pixel in 0..<block.width * block.height {
      let isData = expected[pixel * (bands + 1) + bands] != 0
      guard isData == (0..<bands).contains(where: { mask[pixel * bands + $0] }) else {
        outline += 1
        continue
      }
      guard isData else { continue }
      common += 1
      for band in 0..<bands where mask[pixel * bands + band] {
        let difference = abs(numbers[pixel * bands + band] - expected[pixel * (bands + 1) + band])
        if difference > 0 { samples += 1 }
        greatest = max(greatest, difference)
      }
    }
  }
}
