import Datasets
import Pixels

/// A drawn picture.
public struct Rendering: Sendable {
  /// The pixels, of the plan's size, bands and type; samples without data are 0.
  public var block: PixelBlock
  /// What could not be drawn. The pixels concerned hold no data of that raster.
  public var warnings: [Warning]

  /// A raster, or a part of one, that could not be read.
  public struct Warning: Sendable, Hashable {
    /// The raster's name.
    public var source: String
    /// Why, in words for the owner of the file.
    public var reason: String
  }
}
