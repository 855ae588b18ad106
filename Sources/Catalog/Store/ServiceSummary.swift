import Pixels
import Spatial

/// What the rasters of a service have in common: the part of an `ImageService` that is measured.
struct ServiceSummary: Sendable, Equatable {
  /// The key of the reference in the table `spatialReference`.
  var spatialReference: Int64
  var extent: Envelope
  var pixelSizeX: Double
  var pixelSizeY: Double
  var bandCount: Int
  var pixelType: PixelType
  var noData: [Double?]
  var colormap: [SIMD4<UInt8>]?
  var format: String
  var compression: String
  var rasterCount: Int
  var uncompressedSize: Int64
}

extension ServiceSummary {
  /// Sums up rasters that have their places.
  /// - Returns: `nil` without rasters.
  init?(of rasters: [RasterRecord], reference: Int64) {
    let places = rasters.compactMap(\.place)
    guard let first = rasters.first?.info, var extent = places.first?.footprint, places.count == rasters.count
    else { return nil }
    for place in places.dropFirst() { extent = extent.union(place.footprint) }
    let finest = places.min { $0.pixelSizeX * $0.pixelSizeY < $1.pixelSizeX * $1.pixelSizeY }
    let bands = rasters.map(\.info.bands).max() ?? first.bands
    spatialReference = reference
    self.extent = extent
    pixelSizeX = finest?.pixelSizeX ?? 0
    pixelSizeY = finest?.pixelSizeY ?? 0
    bandCount = bands
    pixelType = rasters.dropFirst().reduce(first.pixelType) { $0.union($1.info.pixelType) }
    noData = (0..<bands).map { band in
      let values = Set(rasters.map { band < $0.info.noData.count ? $0.info.noData[band] : nil })
      return values.count == 1 ? values.first ?? nil : nil
    }
    colormap = rasters.allSatisfy { $0.info.colormap != nil } ? first.colormap : nil
    format = first.format
    compression = first.compression
    rasterCount = rasters.count
    uncompressedSize = rasters.reduce(0) { $0 + $1.info.uncompressedSize }
  }
}

extension PixelType {
  /// The smallest type that holds all values of both exactly, or, where none does, 64-bit floating point.
  func union(_ other: PixelType) -> PixelType {
    if self == other { return self }
    let exactBits: (PixelType) -> Int = { type in
      switch type {
      case .f32: 24
      case .f64: 53
      default: type.bits
      }
    }
    let order: [PixelType] = [.u1, .u2, .u4, .u8, .s8, .u16, .s16, .u32, .s32, .f32, .f64]
    let fitting = order.first { type in
      [self, other].allSatisfy { part in
        type.range.lowerBound <= part.range.lowerBound && type.range.upperBound >= part.range.upperBound
          && (type == part || !part.isFloatingPoint || type.isFloatingPoint) && exactBits(type) >= exactBits(part)
      }
    }
    return fitting ?? .f64
  }
}
