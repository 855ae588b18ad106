import Pixels
import Locking

/// A raster in a PNG or JPEG file, placed by the files beside it, which may give overviews and a mask too.
///
/// Rows come from the top down: the decoder stands where the last read ended, and blocks that are passed on the way to
/// another are handed on. Its blocks are strips of whole rows.
final class PictureDataset: RasterDataset {
  let info: RasterInfo
  let identity: String

  private let file: RandomAccessFile
  private let head: PictureHead
  private let noData: NoData
  private let overviews: [TIFFLevel]
  private let mask: TIFFMask?
  private let position = Locked(Position())

  /// Columns and rows that are decoded at most.
  static let maximumSide = 16384
  /// Bytes that a whole decoded picture may have; a quarter of it where it has to be decoded at once.
  static let maximumBytes = 512 << 20
  /// Bytes of a block.
  private static let blockBytes = 1 << 20

  /// Where the decoder stands, in blocks.
  private struct Position {
    var decoder: (any PictureDecoder)?
    var row = 0
  }

  init(file: RandomAccessFile) throws(RasterError) {
    self.file = file
    head = try Self.decoder(of: file).head
    let limit = head.isWhole ? Self.maximumBytes / 4 : Self.maximumBytes
    guard head.width > 0, head.height > 0, head.width <= Self.maximumSide, head.height <= Self.maximumSide,
      product([head.rowBytes, head.height]) <= limit
    else {
      throw .unsupported(
        "\(file.name) has \(head.width) x \(head.height) pixels, too many to decode in one piece: convert it to a tiled TIFF"
      )
    }
    let sidecars = try Sidecars(of: file.path)
    let type = head.sample.pixelType
    var values = [Double?](repeating: nil, count: head.bands)
    if head.bands == 1, let grey = head.transparent?.first { values[0] = Double(grey) }
    for (band, value) in sidecars.noData where values.indices.contains(band) { values[band] = value }
    noData = NoData(pixelType: type, values: values)
    let pyramid = try TIFFPyramid(directories: [], beside: file.path)
    mask = pyramid.mask(width: head.width, height: head.height, bands: head.bands)
    // Averaged colours don't tell any more which pixels are transparent.
    overviews =
      head.hidesByColour
      ? []
      : pyramid.overviews(
        ofWidth: head.width, height: head.height, bands: head.bands, pixelType: type, hasAlpha: head.hasAlpha)
    let base = RasterInfo.Level(
      width: head.width, height: head.height, blockWidth: head.width,
      blockHeight: min(head.height, max(1, Self.blockBytes / head.rowBytes)))
    let files = [file] + pyramid.files
    identity = files.map(\.identity).joined(separator: "|")
    info = RasterInfo(
      format: head.format, compression: head.compression, bands: head.bands, pixelType: type, noData: noData.values,
      colormap: head.colormap, hasMask: head.hasAlpha || head.hidesByColour || mask != nil,
      georeference: try Georeference(
        transform: sidecars.transform ?? sidecars.worldFile, width: head.width, height: head.height, inside: nil,
        sidecars: sidecars, name: file.name),
      levels: [base] + overviews.map(\.size), files: files.map(\.name) + sidecars.files)
  }

  private static func decoder(of file: RandomAccessFile) throws(RasterError) -> (any PictureDecoder, head: PictureHead)
  {
    if PNGDecoder.matches(try file.read(at: 0, count: min(8, file.size))) {
      let decoder = try PNGDecoder(file: file)
      return (decoder, decoder.head)
    }
    let decoder = try JPEGDecoder(file: file)
    return (decoder, decoder.head)
  }

  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    try readBlock(level: level, column: column, row: row) { _, _, _ in }
  }

  func readBlock(
    level: Int, column: Int, row: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock {
    let area = try info.area(level: level, column: column, row: row)
    if level > 0 { return try overviews[level - 1].block(area, noData: noData) }
    if head.isWhole { return try wholePicture(row, passing: passing) }
    return try position.withLock { (position) throws(RasterError) in
      if position.decoder == nil || position.row > row {
        position = Position(decoder: try Self.decoder(of: file).0, row: 0)
      }
      // A decoder that fails is not used again.
      guard let decoder = position.decoder else { throw .unreadable("\(file.name) can't be decoded") }
      position.decoder = nil
      while position.row < row {
        passing(0, position.row, try nextBlock(position.row, from: decoder))
        position.row += 1
      }
      let wanted = try nextBlock(row, from: decoder)
      position.row += 1
      if position.row * info.levels[0].blockHeight < head.height { position.decoder = decoder }
      return wanted
    }
  }

  private func nextBlock(_ row: Int, from decoder: any PictureDecoder) throws(RasterError) -> PixelBlock {
    let area = try info.area(level: 0, column: 0, row: row)
    let rows = try [UInt8].filled(count: area.height * head.rowBytes) { (buffer) throws(RasterError) in
      try decoder.read(rows: area.height, rowBytes: head.rowBytes, into: buffer)
    }
    return try block(rows, area)
  }

  private func wholePicture(
    _ wanted: Int, passing: (_ column: Int, _ row: Int, _ block: PixelBlock) -> Void
  ) throws(RasterError) -> PixelBlock {
    // One at a time: a crowd of threads would each hold a whole picture.
    let rows = try position.withLock { (_) throws(RasterError) in
      let decoder = try Self.decoder(of: file).0
      return try [UInt8].filled(count: head.height * head.rowBytes) { (buffer) throws(RasterError) in
        try decoder.read(rows: head.height, rowBytes: head.rowBytes, into: buffer)
      }
    }
    func part(_ row: Int) throws(RasterError) -> PixelBlock {
      let area = try info.area(level: 0, column: 0, row: row)
      let start = area.y * head.rowBytes
      return try block(Array(rows[start..<(start + area.height * head.rowBytes)]), area)
    }
    for row in 0...((head.height - 1) / info.levels[0].blockHeight) where row != wanted {
      passing(0, row, try part(row))
    }
    return try part(wanted)
  }

  /// A block from decoded rows.
  private func block(_ rows: [UInt8], _ area: PixelWindow) throws(RasterError) -> PixelBlock {
    let (samples, transparency) = head.separate(rows)
    var validity = noData.validity(of: samples)
    if let transparency { validity = validity.intersected(withPixels: transparency, bands: info.bands) }
    if let mask { validity = try mask.apply(to: validity, area: area, bands: info.bands) }
    return PixelBlock(
      width: area.width, height: area.height, bands: info.bands, pixelType: info.pixelType, samples: samples,
      validity: validity)
  }
}
