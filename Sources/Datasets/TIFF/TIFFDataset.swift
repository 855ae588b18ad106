import Pixels
import Synchronization

/// A raster in a TIFF file, with the overviews and masks inside it and beside it.
final class TIFFDataset: RasterDataset {
  let info: RasterInfo
  let identity: String

  private let levels: [TIFFPyramid.Level]
  private let noData: NoData
  /// Streams go one way, so their blocks are asked for one at a time.
  private let streamLock = Mutex(())

  init(file: RandomAccessFile) throws(RasterError) {
    let pyramid = try TIFFPyramid(file: file)
    let sidecars = Sidecars(of: file.path)
    let base = pyramid.levels[0].image
    levels = pyramid.levels
    var noData = [Double?](
      repeating: try base.image.directory.text(.gdalNoData).flatMap(Self.number), count: base.bands)
    for (band, value) in sidecars.noData where noData.indices.contains(band) { noData[band] = value }
    self.noData = NoData(pixelType: base.pixelType, values: noData)
    identity = pyramid.files.map(\.identity).joined(separator: "|")
    info = RasterInfo(
      format: "TIFF", compression: base.image.compression.name, bands: base.bands, pixelType: base.pixelType,
      noData: self.noData.values, colormap: try base.image.colormap(),
      hasMask: base.image.alpha != nil || pyramid.levels[0].mask != nil,
      georeference: try Georeference.find(in: base.image.directory, sidecars: sidecars),
      levels: pyramid.levels.map {
        RasterInfo.Level(
          width: $0.image.image.width, height: $0.image.image.height, blockWidth: $0.image.blockWidth,
          blockHeight: $0.image.blockHeight)
      },
      files: pyramid.files.map(\.name) + sidecars.files)
  }

  private static func number(_ text: String) -> Double? {
    let trimmed = text.filter { $0 != " " }.lowercased()
    return trimmed == "-nan" || trimmed == "1.#qnan" ? .nan : Double(trimmed)
  }

  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    try readBlock(level: level, column: column, row: row) { _, _, _ in }
  }

  func readBlock(
    level: Int, column: Int, row: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock {
    guard levels.indices.contains(level) else { throw .damaged("\(info.files[0]) has no level \(level)") }
    guard let position = levels[level].image.streamPosition else {
      return try block(level: level, column: column, row: row)
    }
    return try streamLock.withLock { (_) throws(RasterError) in
      let next = (position + levels[level].image.blockHeight - 1) / levels[level].image.blockHeight
      if next < row {
        for passed in next..<row { passing(column, passed, try block(level: level, column: column, row: passed)) }
      }
      return try block(level: level, column: column, row: row)
    }
  }

  private func block(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    let area = try info.area(level: level, column: column, row: row)
    let samples = try levels[level].image.read(x: area.x, y: area.y, width: area.width, height: area.height)
    var validity = noData.validity(of: samples.bytes)
    if let alpha = samples.alpha { validity = validity.intersected(withPixels: alpha, bands: info.bands) }
    if samples.hasHoles, info.noData.contains(where: { $0 != nil }) {
      validity = validity.intersected(withPixels: samples.written, bands: info.bands)
    }
    if let mask = levels[level].mask {
      validity = try mask.apply(to: validity, area: area, bands: info.bands)
    }
    return PixelBlock(
      width: area.width, height: area.height, bands: info.bands, pixelType: info.pixelType, samples: samples.bytes,
      validity: validity)
  }
}
