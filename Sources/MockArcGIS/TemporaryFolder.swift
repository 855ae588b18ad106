import FoundationEssentials
import Glibc

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
  /// Its path.
  let path: String

  /// Makes a folder below `TMPDIR`.
  init() throws(TemporaryFolderError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/mock-arcgis-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw TemporaryFolderError(reason: "can't make a folder in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { remove() }

  /// Removes the folder with all that is in it.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// Why there is no temporary folder.
struct TemporaryFolderError: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
