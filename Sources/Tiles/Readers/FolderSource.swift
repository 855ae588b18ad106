import Glibc

/// The files of a cache below a folder.
struct FolderSource: CacheSource {
  /// Where it is.
  let path: String

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  func region(_ path: String) throws(TileCacheError) -> FileRegion? {
    try InputFile.ifPresent(self.path + "/" + path)?.region
  }

  func bytes(_ path: String, limit: Int) throws(TileCacheError) -> [UInt8]? {
    guard let file = try InputFile.ifPresent(self.path + "/" + path) else { return nil }
    guard file.size <= limit else {
      throw .unsupported("\(path) in \(name) has \(file.size) bytes: more than \(limit) are not read")
    }
    return try file.read(at: 0, count: file.size)
  }

  func checkBundles(in folder: String) {}

  func levels(in folder: String) -> [Int] {
    guard let directory = opendir(path + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var levels: [Int] = []
    while let entry = readdir(directory), levels.count < 1000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let level = Self.level(of: name) { levels.append(level) }
    }
    return levels.sorted()
  }
}
