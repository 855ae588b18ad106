import Foundation
import Glibc
import Locking
import Worlds

/// Why an output could not be written.
struct OutputError: Error, Sendable {
  /// What failed, with the system's reason.
  let reason: String
}

/// The files that operations made, a directory a world, until they expire (REST API 4.11).
///
/// A file appears under its name only when it is whole. Its time is the world's, so a world's clock decides when it
/// expires. No path that a client sends leaves the directory of its world.
public final class OutputStore: Sendable {
  /// How long a file can be fetched, in milliseconds: ten minutes, as ArcGIS Server's own directories have it.
  public static let lifetime = 600_000

  /// The directory of what jobs have made, which goes with its job.
  private static let jobs = "arcgisjobs"

  /// What the name of a file ends with that is being written.
  private static let unfinished = ".part"

  /// The directory in which one is filled until it is whole. Nobody can ask for it, and nothing in it expires.
  static func unfinished(_ directory: String) -> String { directory + unfinished }

  private let root: String
  private let sinceSweep = Locked(0)

  /// A store below a folder, which need not be there yet.
  public init(root: String) { self.root = root }

  /// Writes a file under a new name.
  /// - Parameters:
  ///   - directory: its directory, parts divided by `/`.
  ///   - extension: without a dot.
  /// - Returns: the file's path as an address has it below `/rest/directories/`.
  func store(_ bytes: [UInt8], in directory: String, extension: String, of world: World) throws(OutputError) -> String {
    let parts = directory.split(separator: "/").map(String.init)
    let folder = ([root, world.id] + parts).joined(separator: "/")
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw OutputError(reason: "can't make the folder \(folder): \(error)")
    }
    sweepNowAndThen(world)
    var name = ""
    repeat {
      name = "_ags_\(world.identifiers.grouped(separator: "_")).\(`extension`)"
    } while access("\(folder)/\(name)", F_OK) == 0
    try Self.write(bytes, to: "\(folder)/\(name)", time: world.clock.now)
    return (parts + [name]).map(percentEncoded).joined(separator: "/")
  }

  /// The file at a path below the world's directories; `nil` when there is none, or it has expired.
  func file(at path: String, of world: World) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.allSatisfy(Self.isVisible) else { return nil }
    let file = ([root, world.id] + parts.map(String.init)).joined(separator: "/")
    var status = stat()
    guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    guard !Self.isExpired(status, in: String(parts[0]), at: world.clock.now) else {
      unlink(file)
      return nil
    }
    return file
  }

  // MARK: Folders

  /// The visible folders and files of a directory, by name; those whose time is over are not.
  /// - Returns: `nil` where there is no such directory.
  func listing(of path: String, in world: World) -> (folders: [String], files: [String])? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard parts.allSatisfy(Self.isVisible) else { return nil }
    let folder = ([root, world.id] + parts.map(String.init)).joined(separator: "/")
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return nil }
    var listing: (folders: [String], files: [String]) = ([], [])
    for name in names.sorted() where Self.isVisible(name[...]) && lstat("\(folder)/\(name)", &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: listing.folders.append(name)
      case S_IFREG where !Self.isExpired(status, in: String(parts.first ?? ""), at: world.clock.now):
        listing.files.append(name)
      default: break
      }
    }
    return listing
  }

  /// Whether a name can be asked for. What is not whole yet can't.
  private static func isVisible(_ name: Substring) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.hasSuffix(unfinished) && !name.utf8.contains(0)
  }

  /// Makes a folder for files that are written one by one.
  /// - Parameter directory: its path below the world's directories, made of names that the server itself gives.
  /// - Returns: the folder's path.
  func makeFolder(_ directory: String, of world: World) throws(OutputError) -> String {
    let folder = "\(root)/\(world.id)/\(directory)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw OutputError(reason: "can't make the folder \(folder): \(error)")
    }
    sweepNowAndThen(world)
    return folder
  }

  /// Makes a folder that was not there before.
  /// - Parameters:
  ///   - directory: in which one, below the world's directories.
  ///   - name: makes names, until one is free: after a restart a world makes the same ones once more.
  /// - Returns: the folder's name and its path.
  func makeNewFolder(in directory: String, of world: World, named name: () -> String) throws(OutputError) -> (
    name: String, path: String
  ) {
    let parent = try makeFolder(directory, of: world)
    while true {
      let name = name()
      if mkdir("\(parent)/\(name)", 0o755) == 0 { return (name, "\(parent)/\(name)") }
      guard errno == EEXIST else { throw Self.failure("can't make a folder in \(parent)") }
    }
  }

  /// Dates files by their world's clock, which decides when they expire.
  /// - Returns: their sizes in bytes.
  func date(_ names: [String], in folder: String, of world: World) throws(OutputError) -> [Int] {
    let time = world.clock.now
    let stamp = timespec(tv_sec: time / 1000, tv_nsec: time % 1000 * 1_000_000)
    var sizes: [Int] = []
    for name in names {
      var status = stat()
      guard utimensat(AT_FDCWD, "\(folder)/\(name)", [stamp, stamp], 0) == 0, stat("\(folder)/\(name)", &status) == 0
      else { throw Self.failure("can't read \(folder)/\(name)") }
      sizes.append(Int(status.st_size))
    }
    return sizes
  }

  /// Dates all files below a folder by their world's clock.
  func dateAll(in folder: String, of world: World) throws(OutputError) {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return }
    let time = world.clock.now
    let stamp = timespec(tv_sec: time / 1000, tv_nsec: time % 1000 * 1_000_000)
    for case let name as String in names {
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      guard utimensat(AT_FDCWD, "\(folder)/\(name)", [stamp, stamp], 0) == 0 else {
        throw Self.failure("can't date \(folder)/\(name)")
      }
    }
  }

  /// Gives a directory that was filled its name.
  func finishFolder(_ directory: String, of world: World) throws(OutputError) {
    let folder = "\(root)/\(world.id)/\(directory)"
    guard rename(Self.unfinished(folder), folder) == 0 else { throw Self.failure("can't rename \(folder)") }
  }

  /// Removes a folder of a world with all that is in it.
  func removeFolder(_ directory: String, ofWorld world: String) {
    try? FileManager.default.removeItem(atPath: "\(root)/\(world)/\(directory)")
  }

  /// Removes all that a world wrote.
  public func removeAll(of world: World) {
    try? FileManager.default.removeItem(atPath: "\(root)/\(world.id)")
  }

  /// Removes what all worlds but one wrote.
  public func removeAll(except world: World) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where name != world.id {
      try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
    }
  }

  /// Expired files of a world go when new ones come, every 64th time.
  private func sweepNowAndThen(_ world: World) {
    let isDue = sinceSweep.withLock { count in
      count = (count + 1) % 64
      return count == 0
    }
    guard isDue, let files = FileManager.default.enumerator(atPath: "\(root)/\(world.id)") else { return }
    let now = world.clock.now
    // What is being written, and a folder that is about to be filled, is dated by the system's clock.
    var real = timespec()
    clock_gettime(CLOCK_REALTIME, &real)
    for case let name as String in files {
      guard !name.hasSuffix(Self.unfinished) else {
        files.skipDescendants()
        continue
      }
      var status = stat()
      let file = "\(root)/\(world.id)/\(name)"
      guard lstat(file, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        let directory = name.prefix { $0 != "/" }
        if Self.isExpired(status, in: String(directory), at: now) { unlink(file) }
      // Only a folder that has become empty goes.
      case S_IFDIR where Self.milliseconds(status) + Self.lifetime <= real.tv_sec * 1000: rmdir(file)
      default: break
      }
    }
  }

  /// Whether the time of a file is over. What a job has made goes with the job.
  private static func isExpired(_ status: stat, in directory: String, at time: Int) -> Bool {
    directory != jobs && milliseconds(status) + lifetime <= time
  }

  private static func milliseconds(_ status: stat) -> Int {
    status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1_000_000
  }

  private static func write(_ bytes: [UInt8], to path: String, time: Int) throws(OutputError) {
    let temporary = path + unfinished
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("can't write \(temporary)") }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let error = failure("can't write \(temporary)")
        close(descriptor)
        unlink(temporary)
        throw error
      }
      written += count
    }
    let stamp = timespec(tv_sec: time / 1000, tv_nsec: time % 1000 * 1_000_000)
    _ = futimens(descriptor, [stamp, stamp])
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let error = failure("can't rename \(temporary)")
      unlink(temporary)
      throw error
    }
  }

  private static func failure(_ what: String) -> OutputError {
    OutputError(reason: "\(what): \(String(cString: strerror(errno)))")
  }
}
