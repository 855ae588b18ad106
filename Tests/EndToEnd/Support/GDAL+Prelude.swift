extension GDAL {
  /// The Python side: ways to make rasters, to warp them, and to hand results over; then scripts until the input ends.
  static let prelude = """
    import sys, os, random, traceback, json
    import numpy as np
    from osgeo import gdal, osr
    gdal.UseExceptions()
    gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'YES')
    gdal.PushErrorHandler('CPLQuietErrorHandler')
    TYPES = {'uint8': gdal.GDT_Byte, 'uint16': gdal.GDT_UInt16, 'int16': gdal.GDT_Int16, 'uint32': gdal.GDT_UInt32,
             'int32': gdal.GDT_Int32, 'float32': gdal.GDT_Float32, 'float64': gdal.GDT_Float64}

    def reference(code):
        srs = osr.SpatialReference()
        srs.SetFromUserInput(code)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return srs.ExportToWkt()

    # Writes a raster: rows and columns, or bands, rows and columns.
    def write(name, a, extent, srs, nodata=None, mask=None, palette=None, overviews=None, options=[]):
        a = np.asarray(a)
        if a.ndim == 2: a = a[None]
        bands, height, width = a.shape
        if os.path.dirname(name): os.makedirs(os.path.dirname(name), exist_ok=True)
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
        if overviews: d.BuildOverviews('AVERAGE', overviews)
        d = None

    # Bands, rows and columns that vary smoothly, with a little noise.
    def smooth(bands, height, width, dtype, low, high, noise=0.5, seed=7):
        r = np.random.RandomState(seed)
        y, x = np.mgrid[0:height, 0:width]
        a = np.array([np.sin(x / (3.0 + b)) * np.cos(y / (4.0 + b)) + r.rand(height, width) * noise for b in range(bands)])
        a = (a - a.min()) / (a.max() - a.min()) * (high - low) + low
        return (np.round(a) if np.issubdtype(dtype, np.integer) else a).astype(dtype)

    # The samples of a file and where they hold data; an alpha band counts as a mask.
    def pixels(name):
        d = gdal.Open(name)
        colors = [i for i in range(1, d.RasterCount + 1)
                  if d.GetRasterBand(i).GetColorInterpretation() != gdal.GCI_AlphaBand]
        bands = [d.GetRasterBand(i) for i in colors]
        return (np.array([b.ReadAsArray() for b in bands]), np.array([b.GetMaskBand().ReadAsArray() for b in bands]))

    # Red, green and blue of a file, and where they show: through its palette, if it has one.
    def colors(name):
        a, v = pixels(name)
        d = gdal.Open(name)
        t = d.GetRasterBand(1).GetColorTable()
        if t is None: return (a, v) if len(a) > 1 else (np.repeat(a, 3, axis=0), np.repeat(v, 3, axis=0))
        c = np.moveaxis(np.array([t.GetColorEntry(i) for i in range(t.GetCount())])[a[0]], 2, 0)
        return c[:3], np.repeat((v[:1] != 0) & (c[3:] == 255), 3, axis=0)

    # A picture by gdalwarp: kernels of the size that they have at 1:1, the exact transformation, the level that is
    # named (None is the base).
    def warp(source, extent, size, srs, how, level=None, **more):
        w = [] if how in ('near', 'mode') else ['XSCALE=1', 'YSCALE=1']
        d = gdal.Warp('', source, format='MEM', outputBounds=extent, width=size[0], height=size[1], dstSRS=srs,
                      resampleAlg=how, errorThreshold=0, overviewLevel='NONE' if level is None else level,
                      dstAlpha=True, warpOptions=w, **more)
        a = d.ReadAsArray()
        return a[:-1], np.repeat(a[-1:] != 0, len(a) - 1, axis=0)

    # Where a picture has one right answer: the exact place of the pixel's centre in the raster is more than 0.001 pixel,
    # the error that the transformation may have, from where nearest and the kernels' neighbourhoods change.
    def settled(source, extent, size, srs):
        d = gdal.Open(source)
        x = extent[0] + (np.arange(size[0]) + 0.5) * (extent[2] - extent[0]) / size[0]
        y = extent[3] - (np.arange(size[1]) + 0.5) * (extent[3] - extent[1]) / size[1]
        x, y = [a.ravel() for a in np.meshgrid(x, y)]
        there, here = d.GetSpatialRef(), osr.SpatialReference()
        here.SetFromUserInput(srs)
        for r in (there, here): r.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        if there.IsSame(here): return np.ones((size[1], size[0]), bool)
        p = np.array(osr.CoordinateTransformation(here, there).TransformPoints(np.stack([x, y], 1).tolist()))
        g = d.GetGeoTransform()
        p = np.stack([(p[:, 0] - g[0]) / g[1], (p[:, 1] - g[3]) / g[5]]) * 2
        p[~np.isfinite(p)] = 0.5
        return (np.abs(p - np.round(p)) > 0.002).all(axis=0).reshape(size[1], size[0])

    results = []

    # Hands over bands, rows and columns, and where they hold data.
    def give(a, valid=None):
        a = np.asarray(a)
        if a.ndim == 2: a = a[None]
        v = np.ones(a.shape, bool) if valid is None else np.broadcast_to(np.asarray(valid), a.shape)
        results.append((np.moveaxis(a, 0, 2).astype('<f8'), np.moveaxis(v, 0, 2) != 0))

    names = dict(globals())
    while True:
        head = sys.stdin.buffer.readline()
        if not head: break
        script = sys.stdin.buffer.read(int(head)).decode()
        results.clear()
        out = sys.stdout.buffer
        try:
            exec(script, dict(names))
        except BaseException:
            text = traceback.format_exc().encode()
            out.write(b'ERROR %d\\n' % len(text) + text)
        else:
            out.write(b'OK %d\\n' % len(results))
            for a, v in results:
                out.write(b'%d %d %d\\n' % a.shape + np.ascontiguousarray(a).tobytes()
                          + np.ascontiguousarray(v.astype(np.uint8)).tobytes())
        out.flush()

    """
}
