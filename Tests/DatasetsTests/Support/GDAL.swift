import Foundation
import Testing

/// GDAL by its Python bindings: the independent writer and reader.
enum GDAL {
  /// Runs Python lines in a folder, with `gdal`, `osr`, `np`, `source(...)` and `dump(path)` at hand.
  static func run(in folder: TemporaryFolder, _ lines: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.arguments = ["-c", prelude + lines]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "python said \(String(decoding: text, as: UTF8.self))")
  }

  private static let prelude = """
    import sys, struct
    import numpy as np
    from osgeo import gdal, osr
    gdal.UseExceptions()
    gdal.PushErrorHandler('CPLQuietErrorHandler')
    rng = np.random.default_rng(7)
    srs = osr.SpatialReference(); srs.ImportFromEPSG(32628)

    def smooth(bands, height, width, scale=200.0, offset=0.0):
        'Bands of a picture with gradients and a little noise.'
        y, x = np.mgrid[0:height, 0:width]
        out = [offset + scale * (0.5 + 0.3 * np.sin(x / (7.0 + b)) + 0.2 * np.cos(y / (5.0 + b))) for b in range(bands)]
        return np.stack(out) + rng.integers(0, 3, (bands, height, width))

    def source(array, kind=gdal.GDT_Byte, nodata=None, reference=srs, interpretation=None):
        'A dataset in memory with the bands of an array.'
        if array.ndim == 2: array = array[None]
        ds = gdal.GetDriverByName('MEM').Create('', array.shape[2], array.shape[1], array.shape[0], kind)
        ds.SetGeoTransform([500000, 30, 0, 4000000, 0, -30])
        if reference is not None: ds.SetProjection(reference.ExportToWkt())
        for b in range(array.shape[0]):
            ds.GetRasterBand(b + 1).WriteArray(array[b])
            if nodata is not None: ds.GetRasterBand(b + 1).SetNoDataValue(nodata)
            if interpretation: ds.GetRasterBand(b + 1).SetColorInterpretation(interpretation[b])
        return ds

    def tiff(name, ds, *options):
        'Writes a GeoTIFF and what GDAL reads from it.'
        gdal.GetDriverByName('GTiff').CreateCopy(name, ds, options=list(options))
        dump(name)

    def dump(name, target=None):
        'Writes name.ref: the levels; of each bands, rows, columns, samples as float64 and masks, without alpha.'
        ds = gdal.Open(name)
        bands = [ds.GetRasterBand(b + 1) for b in range(ds.RasterCount)]
        bands = [b for b in bands if b.GetColorInterpretation() != gdal.GCI_AlphaBand]
        levels = [bands] + [[b.GetOverview(i) for b in bands] for i in range(bands[0].GetOverviewCount())]
        with open((target or name) + '.ref', 'wb') as f:
            f.write(struct.pack('<q', len(levels)))
            for level in levels:
                f.write(struct.pack('<qqq', len(level), level[0].YSize, level[0].XSize))
                for b in level: f.write(np.real(b.ReadAsArray()).astype('<f8').tobytes())
                for b in level: f.write(b.GetMaskBand().ReadAsArray().astype('u1').tobytes())

    """
}
