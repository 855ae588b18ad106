import Foundation
import Pixels
import Testing

@testable import Datasets

/// What GDAL reads from a raster.
struct ReferenceRaster {
  struct Level {
    var bands: Int
    var height: Int
    var width: Int
    /// Band by band.
    var samples: [Double]
    /// Band by band, 0 is no data.
    var mask: [UInt8]
  }

  var levels: [Level] = []

  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path + ".ref"))
    data.withUnsafeBytes { raw in
      var at = 0
      func next() -> Int {
        at += 8
        return Int(raw.loadUnaligned(fromByteOffset: at - 8, as: Int64.self))
      }
      for _ in 0..<next() {
        let (bands, height, width) = (next(), next(), next())
        let count = bands * height * width
        let start = at
        levels.append(
          Level(
            bands: bands, height: height, width: width,
            samples: (0..<count).map { raw.loadUnaligned(fromByteOffset: start + $0 * 8, as: Double.self) },
            mask: Array(raw[(start + count * 8)..<(start + count * 9)])))
        at += count * 9
      }
    }
  }
}

extension PixelBlock {
  /// Every sample as a double, pixel by pixel.
  var values: [Double] {
    func read<T: Sample>(_ type: T.Type) -> [Double] { withSamples(as: type) { $0.map(\.asDouble) } }
    return pixelType.withSampleType { read($0) }
  }

  /// One byte a sample, 0 is no data.
  var sampleMask: [UInt8] {
    switch validity {
    case .all: [UInt8](repeating: 255, count: width * height * bands)
    case .none: [UInt8](repeating: 0, count: width * height * bands)
    case .pixels(let mask): mask.flatMap { [UInt8](repeating: $0, count: bands) }
    case .samples(let mask): mask
    }
  }
}

/// Reads all levels of a raster through a cache and holds them against what GDAL read.
/// - Parameter reference: the path that GDAL's reading was written for, where it is another.
func expectSameAsGDAL(
  _ path: String, reference: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let dataset = try RasterFile.open(path)
  let reference = try ReferenceRaster(reference ?? path)
  let reader = RasterReader(cache: BlockCache())
  let name = path.split(separator: "/").last ?? ""
  #expect(
    dataset.info.levels.map { [$0.width, $0.height] } == reference.levels.map { [$0.width, $0.height] }, "\(name)",
    sourceLocation: sourceLocation)
  for (index, expected) in reference.levels.enumerated() where index < dataset.info.levels.count {
    let block = try reader.read(
      PixelWindow(x: 0, y: 0, width: expected.width, height: expected.height), level: index, of: dataset)
    try #require(block.bands == expected.bands, "\(name)", sourceLocation: sourceLocation)
    let values = block.values
    let mask = block.sampleMask
    let count = expected.width * expected.height
    var wrong = 0
    var first = ""
    for band in 0..<expected.bands {
      for pixel in 0..<count {
        let ours = values[pixel * expected.bands + band]
        let theirs = expected.samples[band * count + pixel]
        let isSame = ours == theirs || (ours.isNaN && theirs.isNaN)
        let isData = expected.mask[band * count + pixel] != 0
        if !isSame || isData != (mask[pixel * expected.bands + band] != 0) {
          wrong += 1
          if wrong == 1 {
            first =
              "pixel \(pixel) band \(band): \(ours) data \(mask[pixel * expected.bands + band]), not \(theirs) data \(isData)"
          }
        }
      }
    }
    #expect(wrong == 0, "\(name) level \(index): \(wrong) samples differ, \(first)", sourceLocation: sourceLocation)
  }
}
