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
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else {
      return nil
    }
    let file = ([root, world.id] + parts.map(String.init)).joined(separator: "/")
    var status = stat()
    guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    guard Self.milliseconds(status) + Self.lifetime > world.clock.now else {
      unlink(file)
      return nil
    }
    return file
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
    for case let name as String in files {
      var status = stat()
      let file = "\(root)/\(world.id)/\(name)"
      if lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Self.milliseconds(status) + Self.lifetime <= now
      {
        unlink(file)
      }
    }
  }

  private static func milliseconds(_ status: stat) -> Int {
    status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1_000_000
  }

  private static func write(_ bytes: [UInt8], to path: String, time: Int) throws(OutputError) {
    let temporary = path + ".part"
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
