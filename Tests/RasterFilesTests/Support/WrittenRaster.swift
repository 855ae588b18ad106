import Datasets
import Foundation
import Pixels
import Spatial
import Testing

@testable import RasterFiles

/// A raster of pixels that follow from a number, and its export.
struct WrittenRaster {
  let layout: RasterLayout
  private(set) var pixels: PixelBlock

  /// A raster of noise over the whole range of the pixel type.
  init(
    _ width: Int, _ height: Int, bands: Int, _ type: PixelType, noData: [Double?] = [],
    colormap: [SIMD4<UInt8>]? = nil, georeference: Georeference = Self.place()
  ) {
    layout = RasterLayout(
      width: width, height: height, bands: bands, pixelType: type, noData: noData, colormap: colormap,
      georeference: georeference)
    pixels = PixelBlock(
      width: width, height: height, bands: bands, pixelType: type,
      samples: Self.noise(count: width * height * bands, type))
  }

  /// The raster with each sample of integers moved to the nearer end of the pixel type's range.
  func withExtremes() -> WrittenRaster {
    var raster = self
    let type = layout.pixelType
    func move<T: Sample>(_: T.Type) {
      let (least, greatest) = (T(clamping: type.range.lowerBound), T(clamping: type.range.upperBound))
      let middle = T(clamping: (type.range.lowerBound + type.range.upperBound) / 2)
      raster.pixels.withMutableSamples(as: T.self) { samples in
        for index in samples.indices { samples[index] = samples[index] < middle ? least : greatest }
      }
    }
    type.withSampleType { move($0) }
    return raster
  }

  /// A place: ten metre pixels of UTM zone 33 N unless something else is asked for.
  static func place(
    _ reference: SpatialReference? = nil, x: Double = 399_960, y: Double = 5_300_040, pixel: Double = 10,
    pixelHeight: Double? = nil
  ) -> Georeference {
    Georeference(
      originX: x, originY: y, pixelWidth: pixel, pixelHeight: pixelHeight ?? pixel,
      spatialReference: reference ?? utm33)
  }

  static let utm33 = reference(32633)

  static func reference(_ code: Int) -> SpatialReference {
    guard let reference = try? SpatialReference(wkid: code) else { preconditionFailure("PROJ does not know \(code)") }
    return reference
  }

  /// Gives whole rows of the raster.
  var rows: RasterFileExport.Rows {
    { [pixels] range in
      PixelBlock(
        width: pixels.width, height: range.count, bands: pixels.bands, pixelType: pixels.pixelType,
        samples: Array(pixels.samples[range.lowerBound * pixels.bytesPerRow..<range.upperBound * pixels.bytesPerRow]))
    }
  }

  /// Writes the raster and gives the names of its files.
  func write(_ format: RasterFormat, in folder: URL, stem: String) throws -> [String] {
    try RasterFileExport(layout, as: format, in: folder.path, stem: stem).run(rows: rows)
  }

  /// Writes rasters and reads them with GDAL.
  static func roundTrip(_ rasters: [WrittenRaster], _ format: RasterFormat) throws -> [ReadBack] {
    try inFolder { folder in
      let questions = try rasters.enumerated().map { number, raster in
        let names = try raster.write(format, in: folder, stem: "raster\(number)")
        return ReadBack.Question(path: folder.appending(path: try #require(names.first)).path, layout: raster.layout)
      }
      return try ReadBack.files(questions)
    }
  }

  /// A folder for one call.
  static func inFolder<R>(_ body: (URL) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rasterfiles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Samples from a generator with a fixed seed (SplitMix64); floating-point numbers are finite.
  private static func noise(count: Int, _ type: PixelType) -> [UInt8] {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    func bytes<T>(_ make: () -> T) -> [UInt8] {
      let values = (0..<count).map { _ in make() }
      return values.withUnsafeBytes { Array($0) }
    }
    return switch type {
    case .u1, .u2, .u4, .u8, .s8: bytes { UInt8(truncatingIfNeeded: next() >> UInt64(64 - type.bits)) }
    case .u16, .s16: bytes { UInt16(truncatingIfNeeded: next()) }
    case .u32, .s32: bytes { UInt32(truncatingIfNeeded: next()) }
    case .f32: bytes { Float(Int64(bitPattern: next())) / 1e15 }
    case .f64: bytes { Double(Int64(bitPattern: next())) / 1e15 }
    }
  }
}
