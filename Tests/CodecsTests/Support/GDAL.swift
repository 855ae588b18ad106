import Foundation
import Testing

/// Reads pictures with GDAL's Python bindings: an implementation that knows nothing of ours.
enum GDAL {
  /// What GDAL found in one file.
  struct Raster: Decodable {
    let width: Int
    let height: Int
    let bands: Int
    /// GDAL's name of the sample type.
    let type: String
    /// All samples as numbers: bands, rows, columns.
    let values: [[Double]]
    /// The mask band of each band: 0 where there is no data.
    let masks: [[Int]]
    /// `GetNoDataValue` of each band as text; `nil` without one.
    let noData: [String?]
    /// Six numbers; `nil` without a georeference.
    let geoTransform: [Double]?
    /// The EPSG or other authority's code, `nil` without one.
    let authority: String?
    /// PROJ's string for the spatial reference.
    let proj4: String
    let colorInterpretation: [String]
    /// Red, green, blue, alpha of each entry of the first band's colour table.
    let colors: [[Int]]?
    /// IMAGE_STRUCTURE metadata.
    let structure: [String: String]
  }

  /// Writes the pictures to a temporary folder and reads all of them in one process.
  static func read(_ pictures: [(bytes: [UInt8], fileExtension: String)]) throws -> [Raster] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "codecs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (number, picture) in pictures.enumerated() {
      let file = folder.appending(path: "\(number).\(picture.fileExtension)")
      try Data(picture.bytes).write(to: file)
      paths.append(file.path)
    }
    let list = folder.appending(path: "list")
    try Data(paths.joined(separator: "\n").utf8).write(to: list)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode([Raster].self, from: Python.run(script, [list.path]))
  }

  /// Reads one picture.
  static func read(_ bytes: [UInt8], _ fileExtension: String) throws -> Raster {
    try #require(try read([(bytes, fileExtension)]).first)
  }

  private static let script = """
    import json, sys
    from osgeo import gdal, osr
    gdal.UseExceptions()
    def samples(band):
        signed = band.GetMetadataItem('PIXELTYPE', 'IMAGE_STRUCTURE') == 'SIGNEDBYTE'
        return band.ReadAsArray().view('int8') if signed else band.ReadAsArray()
    def numbers(band):
        return [v if v == v else 'nan' for v in samples(band).astype('float64').ravel().tolist()]
    out = []
    for path in open(sys.argv[1]).read().split('\\n'):
        d = gdal.Open(path)
        bands = [d.GetRasterBand(i + 1) for i in range(d.RasterCount)]
        srs = d.GetSpatialRef()
        t = d.GetGeoTransform(can_return_null=True)
        table = bands[0].GetColorTable()
        nodata = [b.GetNoDataValue() for b in bands]
        out.append({
            'width': d.RasterXSize, 'height': d.RasterYSize, 'bands': d.RasterCount,
            'type': gdal.GetDataTypeName(bands[0].DataType),
            'values': [numbers(b) for b in bands],
            'masks': [b.GetMaskBand().ReadAsArray().ravel().tolist() for b in bands],
            'noData': [None if v is None else repr(v) for v in nodata],
            'geoTransform': list(t) if t else None,
            'authority': (srs.GetAuthorityName(None) + ':' + srs.GetAuthorityCode(None))
                if srs and srs.GetAuthorityCode(None) else None,
            'proj4': srs.ExportToProj4() if srs else '',
            'colorInterpretation': [gdal.GetColorInterpretationName(b.GetColorInterpretation()) for b in bands],
            'colors': [list(table.GetColorEntry(i)) for i in range(table.GetCount())] if table else None,
            'structure': d.GetMetadata('IMAGE_STRUCTURE'),
        })
    json.dump(out, sys.stdout)
    """
}
