import Catalog
import JSONValue
import Worlds

/// The identifiers of files that a download hands out (REST API 1.7): opaque to clients, who send them back to get the file,
/// and made so that the server need not remember them.
///
/// A raster's own file is `./name`; it is found only where the catalog knows it. What a download has made lies in the
/// service's output directory, in a folder `_ags_…_{rasterId}`, and its identifier is folder and name.
enum DownloadFile: Hashable, Sendable {
  /// A file of the data folder.
  case source(name: String)
  /// A file that a download has made, for one raster.
  case made(folder: String, name: String)

  /// Reads an identifier; also as the address of the same file in the output directory. `nil` for what no download can have
  /// handed out.
  /// - Parameter directory: the address of the service's output directory, without a slash at the end.
  init?(_ id: String, directory: String) {
    var text = id[...]
    if text.hasPrefix(directory + "/") { text = text.dropFirst(directory.count + 1) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty, !parts[1].hasPrefix("."), !id.utf8.contains(0) else { return nil }
    if parts[0] == "." {
      self = .source(name: parts[1])
    } else if parts[0].hasPrefix("_ags_") {
      self = .made(folder: parts[0], name: parts[1])
    } else {
      return nil
    }
  }

  /// The identifier.
  var id: String {
    switch self {
    case .source(let name): "./\(name)"
    case .made(let folder, let name): "\(folder)/\(name)"
    }
  }

  /// The folder of what a download makes of a raster.
  static func folder(for raster: Int64, in world: World) -> String {
    "_ags_\(world.identifiers.hexadecimal(16))_\(raster)"
  }

  /// Whether a raster owns a made file.
  func isMade(for raster: Int64) -> Bool {
    if case .made(let folder, _) = self { folder.hasSuffix("_\(raster)") } else { false }
  }
}

/// A file of a download's answer.
struct DownloadEntry: Sendable {
  /// What the client sends back to get it.
  let file: DownloadFile
  /// Bytes.
  let size: Int
  /// The rasters that it belongs to.
  var rasterIds: [Int64]

  /// The entry as the answer has it.
  var json: JSON {
    ["id": .string(file.id), "size": .int(size), "rasterIds": .array(rasterIds.map { .int(Int($0)) })]
  }
}
