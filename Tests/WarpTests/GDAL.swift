import Foundation

/// GDAL as the independent tool: Python's bindings make rasters and say what pictures of them have to look like.
enum GDAL {
  /// What every script starts with: ways to make rasters, to warp them, and to hand results over as raw samples.
  private static let prelude = """
    import sys, os, random
    import numpy as np
    from osgeo import gdal, osr
    gdal.UseExceptions()
    os.chdir(sys.argv[1])
    TYPES = {'uint8': gdal.GDT_Byte, 'uint16': gdal.GDT_UInt16, 'int16': gdal.GDT_Int16, 'uint32': gdal.GDT_UInt32,
             'int32': gdal.GDT_Int32, 'float32': gdal.GDT_Float32, 'float64': gdal.GDT_Float64}
    def reference(code):
        srs = osr.SpatialReference()
        srs.SetFromUserInput(code)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return srs.ExportToWkt()
    def write(name, a, extent, srs, nodata=None, mask=None, palette=None, tile=64):
        if a.ndim == 2: a = a[None]
        bands, height, width = a.shape
        options = ['TILED=YES', 'BLOCKXSIZE=%d' % tile, 'BLOCKYSIZE=%d' % tile]
        gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'YES')
        d = gdal.GetDriverByName('GTiff').Create(name, width, height, bands, TYPES[str(a.dtype)], options)
        xmin, ymin, xmax, ymax = extent
        d.SetGeoTransform((xmin, (xmax - xmin) / width, 0, ymax, 0, -(ymax - ymin) / height))
        d.SetProjection(reference(srs))
        if palette:
            table = gdal.ColorTable()
            for i, c in enumerate(palette): table.SetColorEntry(i, c)
            d.GetRasterBand(1).SetColorTable(table)
        for i in range(bands):
            if nodata is not None: d.GetRasterBand(i + 1).SetNoDataValue(nodata)
            d.GetRasterBand(i + 1).WriteArray(a[i])
        if mask is not None:
            d.CreateMaskBand(gdal.GMF_PER_DATASET)
            d.GetRasterBand(1).GetMaskBand().WriteArray(mask)
        d = None
    def raw(name, a):
        if a.ndim == 2: a = a[None]
        np.ascontiguousarray(np.moveaxis(a, 0, 2)).astype(np.float64).tofile(name)
    def warp(source, out, extent, size, srs, how, scaled=False, **more):
        # Kernels of the size that they have at 1:1, exact transformation, the base level.
        w = [] if scaled or how in ('near', 'mode') else ['XSCALE=1', 'YSCALE=1']
        d = gdal.Warp('', source, format='MEM', outputBounds=extent, width=size[0], height=size[1], dstSRS=srs,
                      resampleAlg=how, errorThreshold=0, overviewLevel='NONE', dstAlpha=True, warpOptions=w, **more)
        raw(out, d.ReadAsArray())
    def smooth(bands, height, width, dtype, low, high, noise=0.5):
        y, x = np.mgrid[0:height, 0:width]
        a = [np.sin(x / (3.0 + b)) * np.cos(y / (4.0 + b)) + np.random.rand(height, width) * noise for b in range(bands)]
        a = np.array(a)
        a = (a - a.min()) / (a.max() - a.min()) * (high - low) + low
        return (np.round(a) if np.issubdtype(dtype, np.integer) else a).astype(dtype)
    np.random.seed(7)
    random.seed(7)

    """

  /// Runs a Python script in a folder.
  static func run(_ script: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", prelude + script, folder.path]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw GDALError(message: String(decoding: message, as: UTF8.self))
    }
  }
}

/// Why the tool failed.
struct GDALError: Error {
  let message: String
}
