extension MediaType {
  /// The media type of a file, by the end of its name.
  public static func ofFile(named name: String) -> String {
    let end = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    return switch end {
    case "html", "htm": "text/html;charset=utf-8"
    case "css": "text/css;charset=utf-8"
    case "js", "mjs": "text/javascript;charset=utf-8"
    case "json": "application/json;charset=utf-8"
    case "txt", "tfw", "jgw", "pgw", "prj", "log", "md": "text/plain;charset=utf-8"
    case "xml": "application/xml"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "bmp": "image/bmp"
    case "webp": "image/webp"
    case "ico": "image/x-icon"
    case "tif", "tiff": "image/tiff"
    case "jp2": "image/jp2"
    case "pbf", "mvt": "application/x-protobuf"
    case "kmz": "application/vnd.google-earth.kmz"
    case "kml": "application/vnd.google-earth.kml+xml"
    case "zip": "application/zip"
    case "pdf": "application/pdf"
    case "woff2": "font/woff2"
    default: "application/octet-stream"
    }
  }
}
