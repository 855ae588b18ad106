/// A service as addresses name it: its name with its folder, and its type.
public struct ServiceIdentifier: Hashable, Sendable, CustomStringConvertible {
  /// The types of services, as addresses spell them.
  public enum ServiceType: String, CaseIterable, Sendable {
    case image = "ImageServer"
    case geoprocessing = "GPServer"
    case vectorTile = "VectorTileServer"

    /// The type of a part of an address, whatever its case.
    init?(part: String) {
      guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == part.lowercased() }) else {
        return nil
      }
      self = found
    }
  }

  /// `Folder/Name`, or `Name` at the root.
  public let path: String
  /// The type.
  public let type: ServiceType

  /// A service of a name and type.
  public init(_ path: String, _ type: ServiceType) {
    self.path = path
    self.type = type
  }

  /// The folder; `nil` at the root.
  var folder: String? { path.firstIndex(of: "/").map { String(path[..<$0]) } }
  /// The name without the folder.
  var name: String { path.firstIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }

  /// How pages call it: `Folder/Name (ImageServer)`.
  public var description: String { "\(path) (\(type.rawValue))" }

  /// The name of the directory that its output files lie in: `Folder/Name_ImageServer`.
  var outputDirectory: String { "\(path)_\(type.rawValue)" }
}
