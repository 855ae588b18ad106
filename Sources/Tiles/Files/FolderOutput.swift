import Glibc

/// Writes the files of a cache below a folder, which has a temporary name until it is whole.
final class FolderOutput: CacheOutput {
  private let name: String
  private let path: String
  private let temporary: String
  private var known: Set<String> = []
  private var file: OutputFile?
  private var isFinished = false

  /// Makes the folder. It stands under its name only after `finish`, and is removed when it is let go before that.
  /// - Parameters:
  ///   - folder: the folder that it is made in.
  ///   - name: its name there.
  /// - Throws: `TileCacheError.system`, also when something is there already under that name.
  init(folder: String, name: String) throws(TileCacheError) {
    self.name = name
    path = folder + "/" + name
    temporary = path + ".part"
    guard mkdir(temporary, 0o755) == 0 else { throw .refused("can't make \(path)") }
  }

  deinit {
    guard !isFinished else { return }
    file = nil
    Self.remove(temporary)
  }

  func begin(_ name: String, head: Int, limit: Int) throws(TileCacheError) {
    precondition(file == nil, "one file is written after the other")
    var folder = ""
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      guard known.insert(folder).inserted else { continue }
      guard mkdir(temporary + folder, 0o755) == 0 else { throw .refused("can't make \(path)\(folder)") }
    }
    let file = try OutputFile(path: temporary + "/" + name)
    file.seek(to: head)
    self.file = file
  }

  func append(_ bytes: ArraySlice<UInt8>) throws(TileCacheError) { try file?.append(bytes) }

  func end(head: [UInt8]) throws(TileCacheError) {
    try file?.write(head, at: 0)
    try file?.close()
    file = nil
  }

  func finish() throws(TileCacheError) -> [String] {
    guard rename(temporary, path) == 0 else { throw .refused("can't finish \(path)") }
    isFinished = true
    return [name]
  }

  /// Removes a folder with all that is in it. Links are removed, not followed.
  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        let inner = path + "/" + name
        if unlink(inner) != 0 { remove(inner) }
      }
      closedir(folder)
    }
    rmdir(path)
  }
}
