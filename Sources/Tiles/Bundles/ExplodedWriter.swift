/// Writes each tile into a file of its own (tile packages, 4).
final class ExplodedWriter: TileLayout {
  private let folder: String

  /// - Parameter folder: the folder of levels.
  init(folder: String) { self.folder = folder }

  func append(_ tile: [UInt8], at address: TileAddress, to output: any CacheOutput) throws(TileCacheError) {
    let ending = TileEncoding(of: tile)?.fileEnding ?? "bin"
    try output.add("\(folder)/\(Self.path(of: address)).\(ending)", tile)
  }

  func finish(_ output: any CacheOutput) {}

  /// The path of a tile's file below the folder of levels, without the ending: `L05/R0000000c/C0000001a`.
  static func path(of tile: TileAddress) -> String {
    let row = BundleAddress.hexadecimal(tile.row, digits: 8)
    let column = BundleAddress.hexadecimal(tile.column, digits: 8)
    return "\(BundleAddress.folder(of: tile.level))/R\(row)/C\(column)"
  }
}
