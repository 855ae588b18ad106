import Pixels

/// The base or one overview of a raster, with its mask.
struct TIFFLevel: Sendable {
  var image: TIFFImageReader
  var mask: TIFFMask?

  /// How it is told in `RasterInfo`.
  var size: RasterInfo.Level {
    RasterInfo.Level(
      width: image.image.width, height: image.image.height, blockWidth: image.blockWidth,
      blockHeight: image.blockHeight)
  }

  /// The samples of an area and which of them are data: by nodata value, alpha channel, mask and holes in the file.
  func block(_ area: PixelWindow, noData: NoData) throws(RasterError) -> PixelBlock {
    let bands = image.bands
    let samples = try image.read(x: area.x, y: area.y, width: area.width, height: area.height)
    var validity = noData.validity(of: samples.bytes)
    if let alpha = samples.alpha { validity = validity.intersected(withPixels: alpha, bands: bands) }
    // A block that was never written is nodata where there is such a value, else zeros, as in GDAL.
    if samples.hasHoles, noData.values.contains(where: { $0 != nil }) {
      validity = validity.intersected(withPixels: samples.written, bands: bands)
    }
    if let mask { validity = try mask.apply(to: validity, area: area, bands: bands) }
    return PixelBlock(
      width: area.width, height: area.height, bands: bands, pixelType: image.pixelType, samples: samples.bytes,
      validity: validity)
  }
}
