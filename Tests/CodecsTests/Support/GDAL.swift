import Foundation
import Testing

/// Reads pictures with GDAL's Python bindings: an implementation that knows nothing of ours.
enum GDAL {
  /// What GDAL found in one file.
  struct Raster {
    /// All samples as numbers: bands, then pixels row by row.
    let values: [[Double]]
    /// The mask band of each band: 0 where there is no data.
    let masks: [[UInt8]]
    private let header: Header

    var width: Int { header.width }
    var height: Int { header.height }
    var bands: Int { header.bands }
    /// `GetNoDataValue` of each band as text; `nil` without one.
    var noData: [String?] { header.noData }
    /// Six numbers; `nil` without a georeference.
    var geoTransform: [Double]? { header.geoTransform }
    /// The authority and code of the spatial reference, for example `EPSG:3857`.
    var authority: String? { header.authority }
    /// PROJ's string for the spatial reference.
    var proj4: String { header.proj4 }
    var colorInterpretation: [String] { header.colorInterpretation }
    /// Red, green, blue, alpha of each entry of the first band's colour table.
    var colors: [[Int]]? { header.colors }
    /// IMAGE_STRUCTURE metadata.
    var structure: [String: String] { header.structure }

    fileprivate init(_ header: Header, samples: Data, mask: Data) {
      self.header = header
      let pixels = header.width * header.height
      values = samples.withUnsafeBytes { raw in
        (0..<header.bands).map { band in
          (0..<pixels).map { raw.loadUnaligned(fromByteOffset: (band * pixels + $0) * 8, as: Double.self) }
        }
      }
      masks = (0..<header.bands).map {
        Array(mask[mask.startIndex + $0 * pixels..<mask.startIndex + ($0 + 1) * pixels])
      }
    }
  }

  fileprivate struct Header: Decodable {
    let width: Int
    let height: Int
    let bands: Int
    let noData: [String?]
    let geoTransform: [Double]?
    let authority: String?
    let proj4: String
    let colorInterpretation: [String]
    let colors: [[Int]]?
    let structure: [String: String]
  }

  /// Writes the pictures to a temporary folder and reads all of them in one process.
  static func read(_ pictures: [(bytes: [UInt8], fileExtension: String)]) throws -> [Raster] {
    try TemporaryFolder.use { folder in
      let paths = try pictures.enumerated().map { number, picture in
        let file = folder.appending(path: "\(number).\(picture.fileExtension)")
        try Data(picture.bytes).write(to: file)
        return file.path
      }
      let list = folder.appending(path: "list")
      try Data(paths.joined(separator: "\n").utf8).write(to: list)
      let headers = try JSONDecoder().decode([Header].self, from: Python.run(script, [list.path]))
      return try zip(headers, paths).map { header, path in
        Raster(
          header, samples: try Data(contentsOf: URL(fileURLWithPath: path + ".values")),
          mask: try Data(contentsOf: URL(fileURLWithPath: path + ".masks")))
      }
    }
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
    out = []
    for path in open(sys.argv[1]).read().split('\\n'):
        d = gdal.Open(path)
        bands = [d.GetRasterBand(i + 1) for i in range(d.RasterCount)]
        srs = d.GetSpatialRef()
        t = d.GetGeoTransform(can_return_null=True)
        table = bands[0].GetColorTable()
        nodata = [b.GetNoDataValue() for b in bands]
        with open(path + '.values', 'wb') as values, open(path + '.masks', 'wb') as masks:
            for b in bands:
                values.write(samples(b).astype('float64').tobytes())
                masks.write(b.GetMaskBand().ReadAsArray().tobytes())
        out.append({
            'width': d.RasterXSize, 'height': d.RasterYSize, 'bands': d.RasterCount,
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
