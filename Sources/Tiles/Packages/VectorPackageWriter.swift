/// Writes a vector tile package, `.vtpk` (tile packages, 10): `esriinfo/` from the description, tiles as compact V2 below
/// `p12/tile/`, and whatever else the caller adds, before the tiles or after them.
public final class VectorPackageWriter: TileCacheWriter {
  private let output: ZipWriter
  private let layout: any TileLayout

  /// Begins a package.
  /// - Parameters:
  ///   - description: what it says of itself; tiles are `pbf`, each compressed by gzip.
  ///   - folder: the folder that it is made in.
  ///   - fileStem: its name there, without the ending `.vtpk`.
  ///   - members: what stands before the tiles: `p12/root.json`, `p12/resources/styles/root.json` …
  /// - Throws: `TileCacheError.system` when the system refuses.
  public init(
    description: TileCacheDescription, folder: String, fileStem: String, members: [PackageMember] = []
  ) throws(TileCacheError) {
    output = try ZipWriter(folder: folder, fileName: fileStem + ".vtpk")
    layout = TilePackage.layout(.compactV2, folder: "p12/tile", description)
    try ItemInformation(kind: .vector, description: description, fileStem: fileStem).write(to: output)
    for member in members { try member.write(to: output) }
  }

  /// Adds a file, between tiles of two bundles or after all tiles: `p12/tilemap/root.json`, which is known then.
  ///
  /// No more tiles can come of the bundle that the last one was of.
  public func add(_ member: PackageMember) throws(TileCacheError) {
    try layout.finish(output)
    try member.write(to: output)
  }

  /// Adds a tile, in the order that `TileCacheWriter` asks for.
  public func append(_ tile: [UInt8], at address: TileAddress) throws(TileCacheError) {
    try layout.append(tile, at: address, to: output)
  }

  /// Ends the package.
  /// - Returns: the name of its file in the folder.
  public func finish() throws(TileCacheError) -> [String] {
    try layout.finish(output)
    return try output.finish()
  }
}
