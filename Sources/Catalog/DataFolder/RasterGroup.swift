/// Finds which files of a folder are rasters and which belong to them.
struct RasterGroup {
  /// Extensions of rasters.
  static let rasterExtensions: Set<String> = ["tif", "tiff", "png", "jpg", "jpeg"]

  /// Extensions that replace a raster's own: world files, the reference, GDAL's and Esri's metadata.
  private static let sideExtensions: Set<String> = [
    "tfw", "tifw", "tiffw", "pgw", "pngw", "jgw", "jpgw", "jpegw", "wld", "prj", "aux", "aux.xml", "rrd", "ovr", "msk",
  ]

  /// The extension of a file name in small letters and what stands before it.
  static func split(_ name: String) -> (stem: String, extension: String) {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (name, "") }
    return (String(name[..<dot]), name[name.index(after: dot)...].lowercased())
  }

  /// The rasters of a folder by name, each with its side files (`a.tfw`, `a.prj`, `a.tif.ovr`, `a.tif.aux.xml`).
  /// - Parameter prefix: what goes before names in the rasters' paths, empty or with a `/` at its end.
  static func rasters(in entries: [FolderEntry], prefix: String) -> [RasterSource] {
    let rasters = entries.filter { $0.kind == .file && rasterExtensions.contains(split($0.name).extension) }
    let names = Set(rasters.map(\.name))
    let stems = Dictionary(grouping: rasters.map(\.name)) { split($0).stem }
    var sides: [String: [FolderEntry]] = [:]
    for entry in entries where !names.contains(entry.name) && entry.kind != .folder {
      for (base, rest) in divisions(of: entry.name) {
        if names.contains(base) {
          sides[base, default: []].append(entry)
        } else if sideExtensions.contains(rest.lowercased()) {
          for owner in stems[base, default: []] { sides[owner, default: []].append(entry) }
        }
      }
    }
    return rasters.map { raster in
      let side = sides[raster.name, default: []]
      return RasterSource(
        path: prefix + raster.name, files: [raster.stamp] + side.map(\.stamp),
        strayFile: side.first { $0.kind != .file }?.name)
    }
  }

  /// A name divided before its last, last but one and last but two dot.
  private static func divisions(of name: String) -> [(base: String, rest: String)] {
    var divisions: [(base: String, rest: String)] = []
    var end = name.endIndex
    while divisions.count < 3, let dot = name[..<end].lastIndex(of: "."), dot > name.startIndex {
      divisions.append((String(name[..<dot]), String(name[name.index(after: dot)...])))
      end = dot
    }
    return divisions
  }
}
