import Glibc

/// Opens packages and caches of tiles, whatever their kind.
public enum TileCache {
  /// Opens a `.tpkx`, `.tpk`, `.vtpk` or `.mbtiles`, or the folder of a cache (with `conf.xml`) or of an unpacked package.
  /// The content decides what it is, not the name.
  ///
  /// What is opened is a `TilePackageReader` or an `MBTilesReader`.
  /// - Throws: `system` when it can't be opened, `damaged` when it is broken, `unsupported` when it is nothing that is read.
  public static func open(_ path: String) throws(TileCacheError) -> any TileCacheReader {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return try folder(FolderSource(path: path)) }
    let file = try InputFile(path: path)
    let head = try file.read(at: 0, count: min(16, file.size))
    if MBTilesReader.matches(head) { return try MBTilesReader(path: path) }
    guard ZipArchive.matches(head) else {
      throw .unsupported("\(file.name) is no package of tiles and no MBTiles file")
    }
    return try archive(try ZipArchive(file: file))
  }

  private static func archive(_ archive: ZipArchive) throws(TileCacheError) -> any TileCacheReader {
    for folder in ["", "p12/"] where archive.members[folder + "root.json"] != nil {
      return try TilePackageReader(source: archive, root: .json(folder))
    }
    // The folder has the name of the map, so it is looked for, the least deep first.
    let found = archive.members.keys.filter { $0 == "conf.xml" || $0.hasSuffix("/conf.xml") }
    let first = found.min { left, right in
      let (a, b) = (left.utf8.count { $0 == UInt8(ascii: "/") }, right.utf8.count { $0 == UInt8(ascii: "/") })
      return (a, left) < (b, right)
    }
    guard let first else {
      throw .unsupported("\(archive.name) is an archive without root.json or conf.xml: no package of tiles")
    }
    return try TilePackageReader(source: archive, root: .xml(String(first.dropLast("conf.xml".count))))
  }

  private static func folder(_ source: FolderSource) throws(TileCacheError) -> any TileCacheReader {
    func has(_ name: String) -> Bool { access(source.path + "/" + name, F_OK) == 0 }
    if has("conf.xml") { return try TilePackageReader(source: source, root: .xml("")) }
    for folder in ["", "p12/"] where has(folder + "root.json") {
      return try TilePackageReader(source: source, root: .json(folder))
    }
    throw .unsupported("\(source.name) is a folder without conf.xml or root.json: no cache of tiles")
  }
}
