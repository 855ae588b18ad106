/// What an image service is made of.
public enum ServiceKind: String, Sendable {
  /// One raster, without a catalog: `fields` is empty and there are no catalog items.
  case rasterDataset
  /// A mosaic dataset, whose rasters are its catalog.
  case mosaicDataset
  /// Tiles that were made before, in a package or a file of MBTiles.
  case tileCache

  /// The name in a service root (`serviceSourceType`).
  public var serviceSourceType: String {
    switch self {
    case .rasterDataset, .tileCache: "esriImageServiceSourceTypeDataset"
    case .mosaicDataset: "esriImageServiceSourceTypeMosaicDataset"
    }
  }
}
