extension GeoprocessingService {
  /// `Utilities/RasterUtilities/GPServer`: what a server offers for getting at the pixels of its image services. It is always there.
  static let rasterUtilities = GeoprocessingService(
    path: "Utilities/RasterUtilities", summary: "Tools for the rasters of image services.",
    tasks: [DownloadRaster.task])
}
