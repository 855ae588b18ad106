import Datasets
import Glibc
import Tiles

extension FuzzTarget {
  /// A package or MBTiles file: opened as a cache and as a raster, and tiles and blocks of every level read.
  static let tilePackage = FuzzTarget(name: "TilePackage") { input in
    guard let path = PackageFile.shared.write(input) else { return }
    if let cache = try? TileCache.open(path) {
      let description = cache.description
      for level in description.minLOD...description.maxLOD {
        let tiles = description.scheme.tiles(of: level, meeting: description.fullExtent)
        for row in tiles.rows.prefix(3) {
          for column in tiles.columns.prefix(3) {
            let address = TileAddress(level: level, row: row, column: column)
            // Either may fail, but they don't contradict each other.
            do {
              let isThere = try cache.hasTile(address)
              let tile = try cache.tile(address)
              if isThere != (tile != nil) { fatalError("tile \(address) is there and is not") }
            } catch { continue }
          }
        }
      }
      if let package = cache as? TilePackageReader { _ = try? package.resource("root.json") }
    }
    guard let dataset = try? RasterFile.open(path) else { return }
    for (number, level) in dataset.info.levels.enumerated() {
      for row in 0..<min(2, (level.height - 1) / level.blockHeight + 1) {
        for column in 0..<min(2, (level.width - 1) / level.blockWidth + 1) {
          _ = try? dataset.readBlock(level: number, column: column, row: row)
        }
      }
    }
  }
}

/// A temporary file that each input is written to.
private struct PackageFile {
  static let shared = PackageFile()

  private let path: String

  private init() {
    var template = Array("/tmp/mock-arcgis-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder: \(String(cString: strerror(errno)))") }
    path = (template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }) + "/package"
  }

  func write(_ bytes: [UInt8]) -> String? {
    guard let file = fopen(path, "w") else { return nil }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count ? path : nil
  }
}
