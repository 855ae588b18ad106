/// A file or folder of the data folder that becomes an image service.
struct ServiceSource: Sendable {
  /// The path inside the data folder, which the catalog knows the service by.
  let path: String
  /// The services folder; `nil` at the root.
  let folder: String?
  /// The name of the service.
  let name: String
  /// One raster or a mosaic of them.
  let kind: ServiceKind
  /// The rasters by name.
  let rasters: [RasterSource]
  /// The path of `service.json` inside the data folder, and its stamp.
  let settings: (path: String, stamp: FileStamp)?
}
