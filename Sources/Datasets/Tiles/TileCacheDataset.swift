import Pixels
import Tiles

/// A cache or package of tiles as a raster: its finest level is the base, the coarser ones are the overviews. Where a tile is
/// missing there is no data.
final class TileCacheDataset: RasterDataset {
  let info: RasterInfo
  let identity: String

  private let cache: any TileCacheReader
  private let grid: TileGrid
  private let decoder: any TileDecoder
  private let tileWidth: Int
  private let tileHeight: Int

  /// Pixels of a tile at most: a few bytes can claim any number.
  private static let maximumPixels = 2048 * 2048

  /// Whether a file begins like a package or an MBTiles file.
  static func matches(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: "SQLite format 3\0".utf8)
  }

  /// Opens a package.
  /// - Throws: `unsupported` for vector tiles.
  init(file: RandomAccessFile) throws(RasterError) {
    do throws(TileCacheError) { cache = try TileCache.open(file.path) } catch {
      // Where files have run out, this says so.
      if case .system = error { _ = try RandomAccessFile(path: file.path) }
      throw RasterError(error)
    }
    let description = cache.description
    guard description.format != .pbf else {
      throw .unsupported("\(file.name) has vector tiles: it is no raster, but can be a vector tile service")
    }
    guard description.scheme.tileWidth * description.scheme.tileHeight <= Self.maximumPixels else {
      throw .unsupported(
        "\(file.name) has tiles of \(description.scheme.tileWidth) x \(description.scheme.tileHeight) pixels, too many to decode at once"
      )
    }
    grid = try TileGrid(description, name: file.name)
    tileWidth = description.scheme.tileWidth
    tileHeight = description.scheme.tileHeight
    decoder = try Self.decoder(of: cache, name: file.name)
    identity = file.identity
    let (width, height) = (tileWidth, tileHeight)
    info = RasterInfo(
      format: "Cache", compression: decoder.compression, bands: decoder.bands, pixelType: decoder.pixelType,
      noData: [Double?](repeating: nil, count: decoder.bands), colormap: nil, hasMask: true,
      georeference: grid.georeference,
      levels: grid.levels.map {
        RasterInfo.Level(width: $0.width, height: $0.height, blockWidth: width, blockHeight: height)
      }, files: [file.name])
  }

  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock {
    let area = try info.area(level: level, column: column, row: row)
    let place = grid.levels[level]
    let (x, y) = (place.x + area.x, place.y + area.y)
    let columns = x / tileWidth...(x + area.width - 1) / tileWidth
    let rows = y / tileHeight...(y + area.height - 1) / tileHeight
    var parts: [(block: PixelBlock, x: Int, y: Int)] = []
    for row in rows {
      for column in columns {
        guard let block = try tile(TileAddress(level: place.lod, row: row, column: column)) else { continue }
        parts.append((block, column * tileWidth - x, row * tileHeight - y))
      }
    }
    if let only = parts.first, parts.count == 1, only.x == 0, only.y == 0, area.width == tileWidth,
      area.height == tileHeight
    {
      return only.block
    }
    return assembled(parts, width: area.width, height: area.height)
  }

  /// A tile's pixels; `nil` where there is none.
  private func tile(_ address: TileAddress) throws(RasterError) -> PixelBlock? {
    let bytes: [UInt8]?
    do throws(TileCacheError) { bytes = try cache.tile(address) } catch { throw RasterError(error) }
    guard let bytes else { return nil }
    guard let block = decoder.decode(bytes) else {
      throw .damaged(
        "\(info.files[0]) has a damaged tile \(address.level)/\(address.row)/\(address.column), or one of another kind")
    }
    return block
  }

  /// A block of the parts of tiles that lie in it.
  private func assembled(_ parts: [(block: PixelBlock, x: Int, y: Int)], width: Int, height: Int) -> PixelBlock {
    let (bands, type) = (info.bands, info.pixelType)
    var result = PixelBlock.empty(width: width, height: height, bands: bands, pixelType: type)
    guard !parts.isEmpty else { return result }
    // A byte a sample where bands differ, else a pixel.
    let differ = parts.contains { if case .samples = $0.block.validity { true } else { false } }
    let perPixel = differ ? bands : 1
    var mask = [UInt8](repeating: 0, count: width * height * perPixel)
    for part in parts {
      let columns = max(0, part.x)..<min(width, part.x + part.block.width)
      let valid = differ ? part.block.sampleMask : part.block.pixelMask
      for row in max(0, part.y)..<min(height, part.y + part.block.height) {
        let from = (row - part.y) * part.block.width + columns.lowerBound - part.x
        let to = row * width + columns.lowerBound
        let bytes = bands * type.stride
        result.samples.replaceSubrange(
          (to * bytes)..<((to + columns.count) * bytes),
          with: part.block.samples[(from * bytes)..<((from + columns.count) * bytes)])
        let masked = (to * perPixel)..<((to + columns.count) * perPixel)
        if let valid {
          mask.replaceSubrange(masked, with: valid[(from * perPixel)..<((from + columns.count) * perPixel)])
        } else {
          for place in masked { mask[place] = 255 }
        }
      }
    }
    result.validity = (differ ? PixelBlock.Validity.samples(mask) : .pixels(mask)).collapsed(bands: bands)
    return result
  }

  /// What decodes the tiles, told by the format and, for LERC, by the first tile that is found.
  private static func decoder(of cache: any TileCacheReader, name: String) throws(RasterError) -> any TileDecoder {
    let description = cache.description
    let scheme = description.scheme
    guard description.format.isLerc else {
      return PictureTileDecoder(
        compression: description.format == .jpeg ? "JPEG" : "PNG", width: scheme.tileWidth, height: scheme.tileHeight)
    }
    for level in description.minLOD...description.maxLOD {
      let range = scheme.tiles(of: level, meeting: description.fullExtent)
      for row in range.rows.prefix(8) {
        for column in range.columns.prefix(8) {
          guard let tile = try? cache.tile(TileAddress(level: level, row: row, column: column)) else { continue }
          guard let decoder = LercTileDecoder(like: tile, width: scheme.tileWidth, height: scheme.tileHeight) else {
            throw .unsupported("\(name) has tiles that can't be read as LERC of single values")
          }
          return decoder
        }
      }
    }
    throw .unsupported("\(name) has no tiles where its extent begins")
  }
}

extension PixelBlock {
  /// A byte a sample: 0 is no data, 255 is data. `nil` where all is.
  fileprivate var sampleMask: [UInt8]? {
    switch validity {
    case .all: nil
    case .none: [UInt8](repeating: 0, count: width * height * bands)
    case .pixels(let mask): mask.flatMap { [UInt8](repeating: $0, count: bands) }
    case .samples(let mask): mask
    }
  }
}

extension RasterError {
  /// Why a cache can't be read as a raster.
  init(_ error: TileCacheError) {
    switch error {
    case .damaged(let text): self = .damaged(text)
    case .unsupported(let text): self = .unsupported(text)
    case .system, .cancelled: self = .unreadable(error.reason)
    }
  }
}
