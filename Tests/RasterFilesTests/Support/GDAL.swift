import Foundation
import Pixels

/// Reads raster files with GDAL's Python bindings: an implementation that knows nothing of ours.
enum GDAL {
  /// What GDAL finds in one file.
  struct Finding: Decodable {
    let driver: String
    let width: Int
    let height: Int
    let bands: Int
    /// numpy's name of the samples' type.
    let type: String
    /// The bits that samples have by the file's own account.
    let bits: Int?
    /// The greatest difference from the expected samples; -1 when there are more or fewer.
    let difference: Double
    /// Pixels whose mask is not the expected one.
    let wrongMasks: Int
    let geoTransform: [Double]
    /// Whether the spatial reference is the expected one by GDAL's judgement, its axes' order included.
    let isSameReference: Bool
    /// Whether it is, the order of the axes aside, which Esri's text does not tell.
    let isSameProjection: Bool
    /// Each band's value as text; `nil` without one.
    let noData: [String?]
    let colors: [[Int]]?
    let blockSize: [Int]
    let files: [String]
    let maskFlags: Int
  }

  /// A file to read, and what is expected of it.
  struct Expectation {
    let path: String
    let raster: TestRaster
    /// What GDAL understands as the spatial reference: independent of our own words for it.
    var reference = "EPSG:3857"
  }

  /// Reads all files in one process.
  static func read(_ expectations: [Expectation], in folder: URL) throws -> [Finding] {
    var cases: [[String: String]] = []
    for (number, expectation) in expectations.enumerated() {
      let samples = folder.appending(path: "expected-\(number).bip")
      try Data(expectation.raster.samples).write(to: samples)
      let mask = folder.appending(path: "expected-\(number).mask")
      try expectation.raster.mask.map { try Data($0).write(to: mask) }
      cases.append([
        "path": expectation.path, "samples": samples.path, "reference": expectation.reference,
        "mask": expectation.raster.mask == nil ? "" : mask.path,
        "type": expectation.raster.layout.pixelType.numpyName,
      ])
    }
    let list = folder.appending(path: "cases.json")
    try JSONEncoder().encode(cases).write(to: list)
    return try JSONDecoder().decode([Finding].self, from: Python.run(script, [list.path]))
  }

  private static let script = """
    import json, os, sys
    import numpy
    from osgeo import gdal, osr
    gdal.UseExceptions()
    out = []
    for case in json.load(open(sys.argv[1])):
        d = gdal.Open(case['path'])
        bands = [d.GetRasterBand(i + 1) for i in range(d.RasterCount)]
        found = d.ReadAsArray().reshape(d.RasterCount, d.RasterYSize, d.RasterXSize)
        signed = bands[0].GetMetadataItem('PIXELTYPE', 'IMAGE_STRUCTURE') == 'SIGNEDBYTE'
        if signed:
            found = found.view('int8')
        expected = numpy.fromfile(case['samples'], dtype=case['type'])
        difference = -1.0
        if expected.size == found.size:
            expected = expected.reshape(d.RasterYSize, d.RasterXSize, d.RasterCount).transpose(2, 0, 1)
            difference = 0.0
            if not numpy.array_equal(found, expected):
                difference = float(numpy.max(numpy.abs(found.astype('float64') - expected.astype('float64'))))
        wrong = 0
        if case['mask']:
            mask = numpy.fromfile(case['mask'], dtype='uint8').reshape(d.RasterYSize, d.RasterXSize)
            wrong = sum(int(((b.GetMaskBand().ReadAsArray() != 0) != (mask != 0)).sum()) for b in bands)
        srs, wanted = d.GetSpatialRef(), osr.SpatialReference()
        wanted.SetFromUserInput(case['reference'])
        wanted.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        table = bands[0].GetColorTable()
        bits = bands[0].GetMetadataItem('NBITS', 'IMAGE_STRUCTURE')
        out.append({
            'driver': d.GetDriver().ShortName, 'width': d.RasterXSize, 'height': d.RasterYSize,
            'bands': d.RasterCount, 'type': str(found.dtype), 'bits': int(bits) if bits else None,
            'difference': difference, 'wrongMasks': wrong, 'geoTransform': list(d.GetGeoTransform()),
            'isSameReference': srs is not None and srs.IsSame(wanted) == 1,
            'isSameProjection': srs is not None and srs.ExportToProj4() == wanted.ExportToProj4(),
            'noData': [None if b.GetNoDataValue() is None else repr(float(b.GetNoDataValue())) for b in bands],
            'colors': [list(table.GetColorEntry(i)) for i in range(table.GetCount())] if table else None,
            'blockSize': bands[0].GetBlockSize(), 'files': [os.path.basename(f) for f in d.GetFileList()],
            'maskFlags': bands[0].GetMaskFlags(),
        })
    json.dump(out, sys.stdout)
    """
}

extension PixelType {
  /// numpy's name of a sample in memory.
  var numpyName: String {
    switch self {
    case .u1, .u2, .u4, .u8: "uint8"
    case .s8: "int8"
    case .u16: "uint16"
    case .s16: "int16"
    case .u32: "uint32"
    case .s32: "int32"
    case .f32: "float32"
    case .f64: "float64"
    }
  }
}
