import Foundation
import Pixels
import Spatial
import Testing

@testable import RasterFiles

/// What GDAL, which knows nothing of ours, reads in a file that an export wrote.
struct ReadBack {
  /// What of a file is not pixels.
  struct Head: Decodable {
    /// The short name of the driver that reads it.
    let driver: String
    let width: Int
    let height: Int
    let bands: Int
    /// The names of all files that the raster is made of.
    let files: [String]
    /// Each band's value without data as text; `nil` without one.
    let noData: [String?]
    /// Six numbers; `nil` without a place.
    let geoTransform: [Double]?
    /// Whether the spatial reference is the one that was asked for.
    let isSameReference: Bool
    /// Red, green, blue, alpha of each value.
    let colors: [[Int]]?
    /// Whether every sample is a number of the type that was asked for.
    let isExact: Bool
  }

  let head: Head
  /// The samples, pixel by pixel, in the pixel type that was asked for.
  let samples: [UInt8]

  /// A file, and what is expected of it.
  struct Question {
    let path: String
    let layout: RasterLayout
  }

  /// Reads files, all in one process.
  static func files(_ questions: [Question]) throws -> [ReadBack] {
    let list = questions.map { question in
      [
        question.path, question.layout.georeference.spatialReference.definition,
        Self.dataType(question.layout.pixelType),
      ]
    }
    guard let first = questions.first else { return [] }
    let listPath = first.path + ".questions"
    try JSONEncoder().encode(list).write(to: URL(fileURLWithPath: listPath))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, listPath]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "GDAL could not read a file; its words are above")
    return try zip(JSONDecoder().decode([Head].self, from: printed), questions).map { head, question in
      ReadBack(head: head, samples: Array(try Data(contentsOf: URL(fileURLWithPath: question.path + ".samples"))))
    }
  }

  private static func dataType(_ type: PixelType) -> String {
    switch type {
    case .u1, .u2, .u4, .u8: "u1"
    case .s8: "i1"
    case .u16: "u2"
    case .s16: "i2"
    case .u32: "u4"
    case .s32: "i4"
    case .f32: "f4"
    case .f64: "f8"
    }
  }

  private static let script = """
    import json, os, sys
    import numpy
    from osgeo import gdal, osr
    gdal.UseExceptions()
    def samples(band):
        signed = band.GetMetadataItem('PIXELTYPE', 'IMAGE_STRUCTURE') == 'SIGNEDBYTE'
        return band.ReadAsArray().view('int8') if signed else band.ReadAsArray()
    out = []
    for path, reference, kind in json.load(open(sys.argv[1])):
        d = gdal.Open(path)
        bands = [d.GetRasterBand(i + 1) for i in range(d.RasterCount)]
        read = numpy.stack([samples(b) for b in bands], axis=-1)
        held = read.astype(kind)
        held.tofile(path + '.samples')
        expected = osr.SpatialReference()
        expected.SetFromUserInput(reference)
        found = d.GetSpatialRef()
        place = d.GetGeoTransform(can_return_null=True)
        table = bands[0].GetColorTable()
        nodata = [b.GetNoDataValue() for b in bands]
        out.append({
            'driver': d.GetDriver().ShortName, 'width': d.RasterXSize, 'height': d.RasterYSize, 'bands': len(bands),
            'files': [os.path.basename(f) for f in d.GetFileList()],
            'noData': [None if v is None else repr(float(v)) for v in nodata],
            'geoTransform': list(place) if place else None,
            'isSameReference': bool(found and found.IsSame(expected,
                ['IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES', 'CRITERION=EQUIVALENT'])),
            'colors': [list(table.GetColorEntry(i)) for i in range(table.GetCount())] if table else None,
            'isExact': bool(numpy.array_equal(held, read, equal_nan=read.dtype.kind == 'f')),
        })
    json.dump(out, sys.stdout)
    """
}
