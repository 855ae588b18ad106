import Glibc

/// A file or folder in a folder, symbolic links followed as far as they stay within the data folder.
struct FolderEntry {
  /// The name in the folder.
  let name: String
  /// What it is.
  let kind: Kind
  /// Size and time of a file, those of its target for a link.
  let stamp: FileStamp

  enum Kind {
    case file
    case folder
    /// A link that leaves the data folder or leads nowhere.
    case strayLink
    /// A device, socket or pipe.
    case other
  }

  /// The visible entries of a folder in the order of their names' bytes.
  /// - Parameters:
  ///   - folder: the folder's path.
  ///   - root: the data folder, a path without links, that no link may leave.
  /// - Throws: `errno` and its text.
  static func list(_ folder: String, within root: String) throws(SystemError) -> [FolderEntry] {
    guard let directory = opendir(folder) else { throw SystemError.last }
    defer { closedir(directory) }
    let descriptor = dirfd(directory)
    var entries: [FolderEntry] = []
    while let item = readdir(directory) {
      let name = withUnsafePointer(to: &item.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      // Hidden files, and names that no list of lines can hold.
      if name.hasPrefix(".") || name.utf8.contains(UInt8(ascii: "\n")) { continue }
      var status = stat()
      // A file that went away meanwhile is as if it had never been.
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      var strays = false
      if status.st_mode & S_IFMT == S_IFLNK {
        strays = !leadsInside("\(folder)/\(name)", root) || fstatat(descriptor, name, &status, 0) != 0
      }
      entries.append(FolderEntry(name: name, kind: strays ? .strayLink : Kind(status), stamp: FileStamp(name, status)))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func leadsInside(_ path: String, _ root: String) -> Bool {
    guard let target = CanonicalPath.of(path) else { return false }
    return target == root || target.hasPrefix(root == "/" ? root : root + "/")
  }
}

extension FolderEntry.Kind {
  fileprivate init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}

extension FileStamp {
  fileprivate init(_ name: String, _ status: stat) {
    // Files may be dated later than 2262, where nanoseconds wrap; a stamp is only compared with others.
    self.init(
      name: name, size: Int64(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec))
  }
}
