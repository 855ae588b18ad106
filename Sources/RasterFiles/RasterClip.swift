import Datasets
import Pixels
import Spatial

/// A raster, or a part of it, on its way into files: in its own pixels, reference and type.
public struct RasterClip: Sendable {
  /// What the files are to hold.
  public let layout: RasterLayout
  private let dataset: any RasterDataset
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let mask: PolygonMask?
  private let reader: RasterReader

  /// A part of a raster; all of it without `columns` and `rows`.
  /// - Parameters:
  ///   - cache: keeps decoded blocks, because the strips of a file need not end where those of the raster do.
  ///   - mask: which pixels of the raster are wanted; others hold no data in the files: the raster's nodata value, or 0.
  public init(
    _ dataset: any RasterDataset, columns: Range<Int>? = nil, rows: Range<Int>? = nil, mask: PolygonMask? = nil,
    cache: BlockCache
  ) {
    let info = dataset.info
    self.dataset = dataset
    self.columns = columns ?? 0..<info.width
    self.rows = rows ?? 0..<info.height
    self.mask = mask
    reader = RasterReader(cache: cache)
    var georeference = info.georeference
    georeference.originX += Double(self.columns.lowerBound) * georeference.pixelWidth
    georeference.originY -= Double(self.rows.lowerBound) * georeference.pixelHeight
    let hidesByMask = mask != nil && info.noData.contains { $0 == nil }
    layout = RasterLayout(
      width: self.columns.count, height: self.rows.count, bands: info.bands, pixelType: info.pixelType,
      noData: info.noData, hasMask: info.hasMask || hidesByMask, colormap: info.colormap, georeference: georeference)
  }

  /// Reads rows of the part, counted from its first one.
  /// - Throws: `RasterFileError.source` where the raster is damaged.
  public func read(_ wanted: Range<Int>) throws(RasterFileError) -> PixelBlock {
    let window = PixelWindow(
      x: columns.lowerBound, y: rows.lowerBound + wanted.lowerBound, width: columns.count, height: wanted.count)
    var block: PixelBlock
    do throws(RasterError) {
      block = try reader.read(window, of: dataset)
    } catch {
      throw .source(error.reason)
    }
    if let mask {
      block.clear(
        outside: mask.mask(columns: columns, rows: window.y..<window.y + window.height),
        fill: layout.noData.map { $0 ?? 0 })
    }
    return block
  }
}

extension PixelBlock {
  /// Takes the data out of the pixels where a mask is 0.
  /// - Parameter fill: what their samples become, a value a band.
  public mutating func clear(outside mask: [UInt8], fill: [Double]) {
    switch pixelType {
    case .u1, .u2, .u4, .u8: clear(outside: mask, fill: fill, as: UInt8.self)
    case .s8: clear(outside: mask, fill: fill, as: Int8.self)
    case .u16: clear(outside: mask, fill: fill, as: UInt16.self)
    case .s16: clear(outside: mask, fill: fill, as: Int16.self)
    case .u32: clear(outside: mask, fill: fill, as: UInt32.self)
    case .s32: clear(outside: mask, fill: fill, as: Int32.self)
    case .f32: clear(outside: mask, fill: fill, as: Float.self)
    case .f64: clear(outside: mask, fill: fill, as: Double.self)
    }
    switch validity {
    case .none: break
    case .all: validity = .pixels(mask)
    case .pixels(var own):
      for index in own.indices { own[index] &= mask[index] }
      validity = .pixels(own)
    case .samples(var own):
      for index in own.indices { own[index] &= mask[index / bands] }
      validity = .samples(own)
    }
  }

  /// Gives samples without data the value that means so, where their band has one.
  public mutating func fillMissing(_ values: [Double?]) {
    guard validity != .all, values.contains(where: { $0 != nil }) else { return }
    let present: [UInt8]
    switch validity {
    case .all: return
    case .none: present = [UInt8](repeating: 0, count: width * height * bands)
    case .pixels(let mask): present = (0..<mask.count * bands).map { mask[$0 / bands] }
    case .samples(let mask): present = mask
    }
    switch pixelType {
    case .u1, .u2, .u4, .u8: fill(values, present, as: UInt8.self)
    case .s8: fill(values, present, as: Int8.self)
    case .u16: fill(values, present, as: UInt16.self)
    case .s16: fill(values, present, as: Int16.self)
    case .u32: fill(values, present, as: UInt32.self)
    case .s32: fill(values, present, as: Int32.self)
    case .f32: fill(values, present, as: Float.self)
    case .f64: fill(values, present, as: Double.self)
    }
  }

  private mutating func fill<T: Sample>(_ values: [Double?], _ present: [UInt8], as type: T.Type) {
    let (bands, values) = (bands, values.map { $0.map { T(clamping: $0) } })
    withMutableSamples(as: type) { samples in
      for index in present.indices where present[index] == 0 {
        if let value = values[index % bands] { samples[index] = value }
      }
    }
  }

  private mutating func clear<T: Sample>(outside mask: [UInt8], fill: [Double], as type: T.Type) {
    let (bands, values) = (bands, fill.map { T(clamping: $0) })
    withMutableSamples(as: type) { samples in
      for pixel in mask.indices where mask[pixel] == 0 {
        for band in 0..<bands { samples[pixel &* bands &+ band] = values[band] }
      }
    }
  }
}
