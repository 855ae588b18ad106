import Glibc

/// The folder that the catalog's files live in, locked for one server, and removed with its owner when it is a temporary one.
final class StateFolder: Sendable {
  /// The folder's path.
  let path: String
  private let isTemporary: Bool
  private let lock: Int32

  /// Opens a folder and makes it where it is not there; without a path a temporary one.
  /// - Throws: `CatalogError.stateFolder` or `.stateInUse`.
  init(path: String?) throws(CatalogError) {
    isTemporary = path == nil
    if let path { self.path = try Self.make(path) } else { self.path = try Self.makeTemporary() }
    lock = try Self.lock(self.path)
  }

  deinit {
    close(lock)
    if isTemporary {
      removeCatalog()
      unlink("\(path)/catalog.lock")
      rmdir(path)
    }
  }

  /// The database's file.
  var databasePath: String { "\(path)/catalog.sqlite" }

  /// Removes the database, so that the next one begins empty.
  func removeCatalog() {
    for end in ["", "-wal", "-shm", "-journal"] { unlink(databasePath + end) }
  }

  /// Opens and locks the lock file; the system lets go of it with the process, however that ends.
  private static func lock(_ folder: String) throws(CatalogError) -> Int32 {
    let file = open("\(folder)/catalog.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw CatalogError.stateFolder(path: folder, reason: SystemError.last.reason) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    let error =
      errno == EWOULDBLOCK
      ? CatalogError.stateInUse(path: folder) : .stateFolder(path: folder, reason: SystemError.last.reason)
    close(file)
    throw error
  }

  private static func make(_ path: String) throws(CatalogError) -> String {
    var status = stat()
    if mkdir(path, 0o755) != 0, errno != EEXIST {
      throw CatalogError.stateFolder(path: path, reason: SystemError.last.reason)
    }
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw CatalogError.stateFolder(path: path, reason: "it is not a folder")
    }
    return path
  }

  private static func makeTemporary() throws(CatalogError) -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/mock-arcgis-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CatalogError.stateFolder(path: parent, reason: SystemError.last.reason)
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
