import RasterFiles

/// The value of `format` of a download: a format, and whether files that need no change are converted too.
struct DownloadFormat: Hashable, Sendable {
  /// The format.
  let format: RasterFormat
  /// Whether source files are converted that would be handed out as they are.
  let isForced: Bool

  private static let suffix = ":conversion"

  /// Reads `TIFF` or `TIFF:Conversion`, in any case; `nil` for what is no format.
  init?(_ text: String) {
    isForced = text.lowercased().hasSuffix(Self.suffix)
    guard let format = RasterFormat(name: text.dropLast(isForced ? Self.suffix.count : 0)) else { return nil }
    self.format = format
  }
}

extension ParameterType where Value == DownloadFormat {
  /// The name of a format, perhaps with `:Conversion`.
  static let downloadFormat = ParameterType(
    "one of " + RasterFormat.allCases.map(\.rawValue).joined(separator: ", ")
      + ", each perhaps with :Conversion after it",
    control: .choice(RasterFormat.allCases.flatMap { [$0.rawValue, "\($0.rawValue):Conversion"] })
  ) { DownloadFormat($0) }
}

extension RasterFormat {
  /// The format of a raster's own file, by the name that the catalog gives it; TIFF where it can't be written.
  init(native name: String) {
    self = RasterFormat(name: name) ?? .tiff
  }
}
