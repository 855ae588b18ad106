import Datasets
import Foundation
import Pixels
import Spatial

@testable import RasterFiles

/// A raster in memory that tests write.
struct TestRaster: Sendable {
  var layout: RasterLayout
  /// All samples as a block has them.
  var samples: [UInt8]
  /// 0 where a pixel is without data.
  var mask: [UInt8]?

  /// A raster of random samples over the whole range of the type, or -1000…1000 for floating-point numbers.
  init(
    _ width: Int, _ height: Int, bands: Int, _ type: PixelType, seed: UInt64 = 1, noData: [Double?] = [],
    reference: SpatialReference = .webMercator
  ) {
    layout = RasterLayout(
      width: width, height: height, bands: bands, pixelType: type, noData: noData,
      georeference: Georeference(
        originX: 500_000.1, originY: 4_649_776.7, pixelWidth: 0.3, pixelHeight: 0.7, spatialReference: reference))
    var noise = Noise(seed: seed)
    let count = width * height * bands
    switch type {
    case .u1, .u2, .u4:
      samples = (0..<count).map { _ in UInt8.random(in: 0...UInt8(type.range.upperBound), using: &noise) }
    case .f32:
      samples = Self.bytes((0..<count).map { _ in Float.random(in: -1000...1000, using: &noise) })
    case .f64:
      samples = Self.bytes((0..<count).map { _ in Double.random(in: -1000...1000, using: &noise) })
    default:
      samples = Self.bytes((0..<(count * type.stride + 7) / 8).map { _ in noise.next() })
      samples.removeLast(samples.count - count * type.stride)
    }
  }

  private static func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  /// Shades that change slowly, as JPEG likes them.
  static func shades(_ width: Int, _ height: Int, bands: Int) -> TestRaster {
    var raster = TestRaster(width, height, bands: bands, .u8)
    for index in raster.samples.indices {
      let (pixel, band) = (index / bands, index % bands)
      let (column, row) = (Double(pixel % width), Double(pixel / width))
      raster.samples[index] = UInt8(128 + 60 * sin(column / 40) + 60 * cos(row / 30) + Double(band))
    }
    return raster
  }

  /// What an export asks for.
  var rows: RasterFileExport.Rows {
    { (range) throws(RasterFileError) in
      let row = layout.bytesPerRow
      let part = mask.map { Array($0[range.lowerBound * layout.width..<range.upperBound * layout.width]) }
      return PixelBlock(
        width: layout.width, height: range.count, bands: layout.bands, pixelType: layout.pixelType,
        samples: Array(samples[range.lowerBound * row..<range.upperBound * row]),
        validity: part.map { .pixels($0) } ?? .all)
    }
  }

  /// Writes the raster.
  /// - Returns: the names of the files.
  func write(as format: RasterFormat, in folder: URL, stem: String, quality: Int = 75) throws -> [String] {
    try RasterFileExport(layout, as: format, in: folder.path, stem: stem, quality: quality).run(rows: rows)
  }
}
