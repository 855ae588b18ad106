/// The formats of the operation `download` (REST API 1.7), under the names that requests use.
public enum RasterFormat: String, CaseIterable, Sendable {
  case tiff = "TIFF"
  case imagine = "Imagine Image"
  case jpeg = "JPEG"
  case nitf = "NITF"
  case bil = "BIL"
  case bsq = "BSQ"
  case bip = "BIP"
  case envi = "ENVI"
  case jp2 = "JP2"
  case gif = "GIF"
  case bmp = "BMP"
  case png = "PNG"

  /// The format of that name, whatever its case; `JPG`, the name that SOAP has, too. `nil` when there is none.
  public init?(name: some StringProtocol) {
    let name = name.lowercased()
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      guard name == "jpg" else { return nil }
      self = .jpeg
      return
    }
    self = found
  }

  /// The extension of the raster's own file, without a dot.
  public var fileExtension: String {
    switch self {
    case .tiff: "tif"
    case .imagine: "img"
    case .jpeg: "jpg"
    case .nitf: "ntf"
    case .bil: "bil"
    case .bsq: "bsq"
    case .bip: "bip"
    case .envi: "dat"
    case .jp2: "jp2"
    case .gif: "gif"
    case .bmp: "bmp"
    case .png: "png"
    }
  }
}
