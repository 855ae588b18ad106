import Pixels
import Locking

/// A raster in a TIFF file, with the overviews and masks inside it and beside it.
final class TIFFDataset: RasterDataset {
  let info: RasterInfo
  let identity: String

  private let levels: [TIFFLevel]
  private let noData: NoData
  /// Streams go one way, so their blocks are asked for one at a time.
  private let streamLock = Locked(())

  init(file: RandomAccessFile) throws(RasterError) {
    let directories = try TIFFContainer(file: file).directories()
    let image = try TIFFImage(directories[0])
    let base = try TIFFImageReader(image: image)
    let pyramid = try TIFFPyramid(directories: directories.dropFirst(), beside: file.path)
    let mask = pyramid.mask(width: image.width, height: image.height, bands: base.bands)
    levels =
      [TIFFLevel(image: base, mask: mask)]
      + pyramid.overviews(
        ofWidth: image.width, height: image.height, bands: base.bands, pixelType: base.pixelType,
        hasAlpha: image.alpha != nil)
    let sidecars = try Sidecars(of: file.path)
    var noData = [Double?](
      repeating: try image.directory.text(.gdalNoData).flatMap(Self.number), count: base.bands)
    for (band, value) in sidecars.noData where noData.indices.contains(band) { noData[band] = value }
    self.noData = NoData(pixelType: base.pixelType, values: noData)
    let files = [file] + pyramid.files
    identity = files.map(\.identity).joined(separator: "|")
    info = RasterInfo(
      format: "TIFF", compression: image.compression.name, bands: base.bands, pixelType: base.pixelType,
      noData: self.noData.values, colormap: try image.colormap(), hasMask: image.alpha != nil || mask != nil,
      georeference: try Georeference.find(in: image, sidecars: sidecars), levels: levels.map(\.size),
      files: files.map(\.name) + sidecars.files)
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
    try levels[level].block(try info.area(level: level, column: column, row: row), noData: noData)
  }
}
