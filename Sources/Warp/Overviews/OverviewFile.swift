import CTIFF
import Datasets
import Glibc
import Pixels
import Spatial

/// A TIFF file of overviews that is being written, level by level.
///
/// Samples without data are written as the raster's nodata value; where it has none, or another one for each band, an
/// alpha channel tells them.
final class OverviewFile {
  private let descriptor: Int32
  private let tiff: OpaquePointer
  private let path: String
  private var isFirst = true

  /// Creates the file. BigTIFF: overviews may pass 4 GB.
  init(path: String) throws(RasterError) {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .unreadable("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    guard let tiff = ctiff_open_descriptor(descriptor, "w8") else {
      close(descriptor)
      throw .unreadable("\(path) can't be written")
    }
    self.descriptor = descriptor
    self.tiff = tiff
    self.path = path
  }

  deinit {
    TIFFClose(tiff)
    close(descriptor)
  }

  /// The value that samples without data get; `nil` when an alpha channel is written.
  private static func noData(of info: RasterInfo) -> Double? {
    guard let value = info.noData.first ?? nil, info.noData.allSatisfy({ $0 == value }), !info.hasMask else {
      return nil
    }
    return value
  }

  private static func hasAlpha(_ info: RasterInfo) -> Bool {
    noData(of: info) == nil && (info.hasMask || info.pixelType.isFloatingPoint || info.noData.contains { $0 != nil })
  }

  /// Starts a level of a raster.
  func begin(width: Int, height: Int, of info: RasterInfo) throws(RasterError) {
    let type = info.pixelType
    let alpha = Self.hasAlpha(info)
    let format =
      type.isFloatingPoint ? SAMPLEFORMAT_IEEEFP : type.range.lowerBound < 0 ? SAMPLEFORMAT_INT : SAMPLEFORMAT_UINT
    var isSet = ctiff_set_u32(tiff, UInt32(TIFFTAG_IMAGEWIDTH), UInt32(width))
    isSet = ctiff_set_u32(tiff, UInt32(TIFFTAG_IMAGELENGTH), UInt32(height)) && isSet
    isSet = ctiff_set_u32(tiff, UInt32(TIFFTAG_TILEWIDTH), UInt32(OverviewBuilder.tileSize)) && isSet
    isSet = ctiff_set_u32(tiff, UInt32(TIFFTAG_TILELENGTH), UInt32(OverviewBuilder.tileSize)) && isSet
    let shorts: [(Int32, Int)] = [
      (TIFFTAG_BITSPERSAMPLE, type.stride * 8), (TIFFTAG_SAMPLESPERPIXEL, info.bands + (alpha ? 1 : 0)),
      (TIFFTAG_SAMPLEFORMAT, Int(format)), (TIFFTAG_PHOTOMETRIC, Int(PHOTOMETRIC_MINISBLACK)),
      (TIFFTAG_PLANARCONFIG, Int(PLANARCONFIG_CONTIG)), (TIFFTAG_COMPRESSION, Int(COMPRESSION_ADOBE_DEFLATE)),
      (TIFFTAG_PREDICTOR, Int(type.isFloatingPoint ? PREDICTOR_NONE : PREDICTOR_HORIZONTAL)),
    ]
    for (tag, value) in shorts { isSet = ctiff_set_u16(tiff, UInt32(tag), UInt16(value)) && isSet }
    if info.bands + (alpha ? 1 : 0) > 1 {
      // The first sample is grey; the others say what they are, nothing or, the last one, alpha.
      var extra = [UInt16](repeating: UInt16(EXTRASAMPLE_UNSPECIFIED), count: info.bands - 1)
      if alpha { extra.append(UInt16(EXTRASAMPLE_UNASSALPHA)) }
      isSet = ctiff_set_array(tiff, UInt32(TIFFTAG_EXTRASAMPLES), UInt32(extra.count), extra) && isSet
    }
    if let value = Self.noData(of: info) {
      isSet = ctiff_set_string(tiff, UInt32(CTIFF_GDAL_NODATA), "\(value)") && isSet
    }
    if isFirst {
      isSet = setGeoreference(info, width: width, height: height) && isSet
    } else {
      isSet = ctiff_set_u32(tiff, UInt32(TIFFTAG_SUBFILETYPE), UInt32(FILETYPE_REDUCEDIMAGE)) && isSet
    }
    isFirst = false
    guard isSet else { throw failure }
  }

  /// The raster's own extent over the level's pixels.
  private func setGeoreference(_ info: RasterInfo, width: Int, height: Int) -> Bool {
    let envelope = info.georeference.envelope(width: info.width, height: info.height)
    let reference = info.georeference.spatialReference
    let scale = [envelope.width / Double(width), envelope.height / Double(height), 0]
    let corner = [0, 0, 0, envelope.xmin, envelope.ymax, 0]
    var keys: [UInt16] = [1, 1, 0, 3, 1024, 0, 1, reference.isGeographic ? 2 : 1, 1025, 0, 1, 1]
    var isSet = true
    if let code = reference.epsgCode.flatMap(UInt16.init(exactly:)) {
      keys += [reference.isGeographic ? 2048 : 3072, 0, 1, code]
    } else {
      let citation = "ESRI PE String = \(reference.esriWKT)|"
      keys[7] = 32767
      keys += [3073, UInt16(CTIFF_GEO_ASCII_PARAMS), UInt16(clamping: citation.utf8.count), 0]
      isSet = ctiff_set_string(tiff, UInt32(CTIFF_GEO_ASCII_PARAMS), citation)
    }
    isSet = ctiff_set_array(tiff, UInt32(CTIFF_MODEL_PIXEL_SCALE), 3, scale) && isSet
    isSet = ctiff_set_array(tiff, UInt32(CTIFF_MODEL_TIEPOINT), 6, corner) && isSet
    return ctiff_set_array(tiff, UInt32(CTIFF_GEO_KEY_DIRECTORY), UInt32(keys.count), keys) && isSet
  }

  /// Writes a tile of the level.
  /// - Parameters:
  ///   - block: the tile's pixels, cut to the level's size at its edges.
  ///   - column: the level's column of the tile's first pixel.
  ///   - row: the level's row.
  func write(_ block: PixelBlock, column: Int, row: Int, of info: RasterInfo) throws(RasterError) {
    var tile: [UInt8]
    switch info.pixelType {
    case .u1, .u2, .u4, .u8: tile = Self.tile(block, of: info, as: UInt8.self)
    case .s8: tile = Self.tile(block, of: info, as: Int8.self)
    case .u16: tile = Self.tile(block, of: info, as: UInt16.self)
    case .s16: tile = Self.tile(block, of: info, as: Int16.self)
    case .u32: tile = Self.tile(block, of: info, as: UInt32.self)
    case .s32: tile = Self.tile(block, of: info, as: Int32.self)
    case .f32: tile = Self.tile(block, of: info, as: Float.self)
    case .f64: tile = Self.tile(block, of: info, as: Double.self)
    }
    let index = TIFFComputeTile(tiff, UInt32(column), UInt32(row), 0, 0)
    guard TIFFWriteEncodedTile(tiff, index, &tile, tmsize_t(tile.count)) == tile.count else { throw failure }
  }

  private static func tile<T: Sample>(_ block: PixelBlock, of info: RasterInfo, as type: T.Type) -> [UInt8] {
    let size = OverviewBuilder.tileSize
    let mask = ValidityMask(of: block)
    let noData = noData(of: info).map { T(clamping: $0) }
    let alpha = hasAlpha(info)
    let stride = block.bands + (alpha ? 1 : 0)
    var tile = [UInt8](repeating: 0, count: size * size * stride * MemoryLayout<T>.stride)
    block.withSamples(as: type) { samples in
      tile.withUnsafeMutableBytes { bytes in
        let output = bytes.assumingMemoryBound(to: type)
        for pixel in 0..<block.width * block.height {
          let place = (pixel / block.width * size + pixel % block.width) * stride
          var isData = false
          for band in 0..<block.bands {
            let sample = pixel * block.bands + band
            if mask.step == 0 || mask.bytes[mask.step == 1 ? pixel : sample] != 0 {
              isData = true
              // An average must not look like nodata.
              output[place + band] = samples[sample] == noData ? beside(samples[sample], info) : samples[sample]
            } else if let noData {
              output[place + band] = noData
            }
          }
          if alpha, isData { output[place + block.bands] = T(clamping: 255) }
        }
      }
    }
    return tile
  }

  /// The value next to one, among those that the samples can have.
  private static func beside<T: Sample>(_ sample: T, _ info: RasterInfo) -> T {
    let value = sample.asDouble
    return switch info.pixelType {
    case .f32: T(clamping: Double(Float(value).nextUp))
    case .f64: T(clamping: value.nextUp)
    default: T(clamping: value < info.pixelType.range.upperBound ? value + 1 : value - 1)
    }
  }

  /// Finishes the level; what was written can be read from now on.
  func end() throws(RasterError) {
    guard TIFFWriteDirectory(tiff) != 0, TIFFFlush(tiff) != 0 else { throw failure }
  }

  private var failure: RasterError {
    .unreadable("\(path) can't be written: \(ctiff_error(tiff).map { String(cString: $0) } ?? "the disk may be full")")
  }
}
