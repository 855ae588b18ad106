import Catalog
import Codecs
import JSONValue
import Pixels
import Spatial
import Warp
import Worlds

/// The parameters that the operations which draw pictures share (REST API 1.3.1).
enum ExportParameters {
  static let bbox = Parameter(
    "bbox", title: "Bounding Box", .envelope, required: true,
    "The box to draw, in the spatial reference of bboxSR.")
  static let bboxSR = Parameter(
    "bboxSR", title: "Bounding Box Spatial Reference", .spatialReference, defaultText: "that of the service",
    "The spatial reference of the box.")
  static let size = Parameter(
    "size", title: "Image Size", .size, default: PictureSize(width: 400, height: 400), defaultText: "400,400",
    "Columns and rows of the picture.")
  static let imageSR = Parameter(
    "imageSR", title: "Image Spatial Reference", .spatialReference, defaultText: "that of the service",
    "The spatial reference of the picture.")
  static let datumTransformation = Parameter(
    "datumTransformation", title: "Datum Transformation", .datumTransformation, defaultText: "the server's choice",
    since: ServerVersion(11, 4), "The geographic transformations between the datums of box, picture and rasters.")
  static let format = Parameter(
    "format", title: "Image Format", .imageFormat, defaultText: "jpgpng; png before 10.0",
    "The format of the picture. A word that is no format counts as jpgpng, as on a real server.")
  static let pixelType = Parameter(
    "pixelType", title: "Pixel Type", .pixelType, default: .ofTheData, defaultText: "that of the data",
    "The type of the samples; values outside its range are held at its ends.")
  static let noData = Parameter(
    "noData", title: "No Data",
    .numbers("a number, or a number a band with commas between them", count: 1...64), defaultText: "none",
    "Source values that stand for no data.")
  static let noDataInterpretation =
    Parameter(
      "noDataInterpretation", title: "NoDataInterpretation", .choice,
      defaultText: "esriNoDataMatchAny for one number, esriNoDataMatchAll for a list", since: ServerVersion(10, 1),
      "Whether one band or all bands have to hold their noData value.") as Parameter<NoDataInterpretation>
  static let interpolation =
    Parameter(
      "interpolation", title: "Interpolation", .choice, defaultText: "that of the service",
      "How pixels between pixels are made.") as Parameter<Resampling>
  static let compression =
    Parameter(
      "compression", title: "Compression", .choice, default: RequestedCompression.none, defaultText: "None",
      since: ServerVersion(10, 2),
      "How a TIFF is compressed. LERC is taken with format=lerc, where it changes nothing.")
    as Parameter<RequestedCompression>
  static let compressionQuality = Parameter(
    "compressionQuality", title: "Compression Quality", .integer(in: 0...100), defaultText: "that of the service",
    "The quality of JPEG.")
  static let bandIds = Parameter(
    "bandIds", title: "Band IDs",
    .integers("band numbers from 0 with commas between them", count: 1...64), defaultText: "all bands",
    "The bands to draw, counted from 0, in this order.")
  static let sliceId = Parameter(
    "sliceId", title: "Slice ID", .text, since: ServerVersion(10, 8, 1),
    "A slice of a multidimensional service. No service has slices: it changes nothing.")
  static let mosaicRule = Parameter(
    "mosaicRule", title: "Mosaic Rule", .mosaicRule, defaultText: "that of the service", since: ServerVersion(10, 0),
    "Which rasters are drawn, in which order, and how they are folded.")
  static let renderingRule = Parameter(
    "renderingRule", title: "Rendering Rule", .object("a rendering rule as JSON"), defaultText: "none",
    since: ServerVersion(10, 0), "The raster function to apply; only None is supported yet.")
  static let adjustAspectRatio = Parameter(
    "adjustAspectRatio", title: "Return Square Pixels", .flag, default: true, defaultText: "true",
    since: ServerVersion(10, 3), "Whether the box grows about its centre until pixels are square.")
  static let validateExtent = Parameter(
    "validateExtent", title: "Validate Extent", .flag, default: false, defaultText: "false",
    since: ServerVersion(10, 9), "Whether a box that reaches beyond the service's extent is an error.")
  static let lercVersion = Parameter(
    "lercVersion", title: "LERC Version", .integer(in: 1...2), default: 2, defaultText: "2",
    since: ServerVersion(10, 5), "The generation of LERC to write.")
  static let compressionTolerance = Parameter(
    "compressionTolerance", title: "LERC Compression Tolerance", .number(in: 0...Double.greatestFiniteMagnitude),
    defaultText: "lossless", since: ServerVersion(10, 3),
    "The greatest error of a sample that LERC may make.")
  static let mosaicProperties = Parameter(
    "mosaicProperties", title: "Mosaic Properties", .mosaicProperties, defaultText: "none",
    dropped: ServerVersion(10, 1), "The mosaic rule as XML, as 9.3 had it. mosaicRule goes before it.")
  static let viewpointProperties = Parameter(
    "viewpointProperties", title: "Viewpoint Properties", .viewpointProperties, defaultText: "none",
    dropped: ServerVersion(10, 1), "The viewpoint of the mosaic method Viewpoint as XML, as 9.3 had it.")
}

extension ExportParameters {
  /// The format where a request names none.
  static func defaultFormat(in version: ServerVersion) -> ImageFormat {
    version < ServerVersion(10, 0) ? .png : .jpgpng
  }
}

/// The values of `noDataInterpretation`.
enum NoDataInterpretation: String, CaseIterable, Sendable {
  case any = "esriNoDataMatchAny"
  case all = "esriNoDataMatchAll"
}

/// The values of `compression`.
enum RequestedCompression: String, CaseIterable, Sendable {
  case none = "None"
  case jpeg = "JPEG"
  case lz77 = "LZ77"
  case lerc = "LERC"

  /// How a TIFF is compressed.
  var tiff: Compression {
    switch self {
    case .none, .lerc: .none
    case .jpeg: .jpeg
    case .lz77: .lz77
    }
  }
}

/// The values of `pixelType`.
enum RequestedPixelType: Hashable, Sendable {
  /// `UNKNOWN`, or nothing said.
  case ofTheData
  case type(PixelType)
}

extension ParameterType where Value == RequestedPixelType {
  /// The name of a type; the complex types are known but not drawn.
  static let pixelType: ParameterType = {
    let names = PixelType.allCases.map(\.rawValue) + ["UNKNOWN"]
    return ParameterType(
      "one of \(names.joined(separator: ", ")); complex samples (C64, C128) are not drawn", control: .choice(names)
    ) { text in
      let name = text.drop { $0 == "+" }.uppercased()
      return name == "UNKNOWN" ? .ofTheData : PixelType(rawValue: name).map(RequestedPixelType.type)
    }
  }()
}

extension ParameterType where Value == ImageFormat {
  /// The name of a format.
  static let imageFormat = ParameterType("a picture format", control: .choice(ImageFormat.allCases.map(\.rawValue))) {
    ImageFormat(name: $0) ?? .jpgpng
  }
}
