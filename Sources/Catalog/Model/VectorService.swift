/// A vector tile service of the data folder.
public struct VectorService: Sendable, Equatable {
  /// The services folder; `nil` at the root.
  public let folder: String?
  /// The name without its folder.
  public let name: String
  /// Where its tiles come from.
  public let source: Source
  /// The folder of its styles, sprites and fonts, an absolute path; `nil` without one.
  public let resources: String?
  /// What `service.json` says, defaults filled in.
  public let settings: VectorSettings

  /// Where tiles come from.
  public enum Source: Sendable, Equatable {
    /// They are cut of layers, in the order of drawing.
    case layers([Layer])
    /// They are in a package, an absolute path.
    case package(String)
  }

  /// A file of features, and how it is shown.
  public struct Layer: Sendable, Equatable {
    /// The file, an absolute path.
    public var path: String
    /// How it is shown.
    public var settings: LayerOptions
  }

  /// The name with its folder, `Folder/Name`, as it stands in addresses and answers.
  public var path: String { folder.map { "\($0)/\(name)" } ?? name }
}
