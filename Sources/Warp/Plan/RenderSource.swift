import Datasets
import Spatial

/// One raster of a picture, opened only when the picture needs a pixel of it.
public struct RenderSource: Sendable {
  /// What warnings call the raster.
  public var name: String
  /// Where the raster can have pixels, in the picture's spatial reference; `nil` when that isn't known without
  /// opening it. A raster whose envelope is already filled is never opened.
  public var envelope: Envelope?
  /// Opens the raster; called at most once a picture.
  public var open: @Sendable () throws(RasterError) -> any RasterDataset

  /// A raster that is opened when it is needed.
  public init(
    name: String, envelope: Envelope?, open: @escaping @Sendable () throws(RasterError) -> any RasterDataset
  ) {
    self.name = name
    self.envelope = envelope
    self.open = open
  }

  /// A raster that is open.
  public init(_ dataset: any RasterDataset) {
    self.init(name: dataset.info.files.first ?? dataset.identity, envelope: nil) { () throws(RasterError) in dataset }
  }
}
