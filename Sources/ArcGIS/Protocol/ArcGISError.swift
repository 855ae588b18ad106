import JSONValue
import Worlds

/// What a client is told when its request can't be answered (REST API 4.5).
public struct ArcGISError: Error, Hashable, Sendable {
  /// The code in the body; the HTTP status stays 200 unless `status` says otherwise.
  public var code: Int
  /// The sentence that clients show.
  public var message: String
  /// More sentences; clients compare the first one.
  public var details: [String]
  /// The HTTP status.
  public var status: Int
  /// What would have been right, for the developer of the client. The body is the real server's, so this travels in
  /// the header `X-Mock-ArcGIS-Hint`.
  public var hint: String?

  /// An error by its parts.
  public init(code: Int, message: String, details: [String] = [], status: Int = 200, hint: String? = nil) {
    self.code = code
    self.message = message
    self.details = details
    self.status = status
    self.hint = hint
  }

  /// A parameter that can't be read, or whose value is not possible.
  /// - Parameter expected: what would have been right.
  public static func invalid(_ parameter: String, expected: String? = nil) -> ArcGISError {
    invalid(detail: "'\(parameter)' parameter is invalid.", hint: expected.map { "\(parameter): expected \($0)" })
  }

  /// Parameters that can't be served together, in the server's own words.
  public static func invalid(detail: String, hint: String? = nil) -> ArcGISError {
    ArcGISError(code: 400, message: "Invalid or missing input parameters.", details: [detail], hint: hint)
  }

  /// The text of a picture that is too large.
  static let sizeLimitDetail = "The requested image exceeds the size limit."

  /// What a picture above the service's limits gets; clients compare this text exactly.
  public static func sizeLimit(maxWidth: Int, maxHeight: Int) -> ArcGISError {
    invalid(
      detail: sizeLimitDetail,
      hint: "size: expected at most \(maxWidth),\(maxHeight) for this service")
  }

  /// A condition on the catalog that can't be read or worked out.
  public static func unableToQuery(_ hint: String) -> ArcGISError {
    ArcGISError(
      code: 400, message: "Unable to complete operation.", details: ["Unable to perform query operation."], hint: hint)
  }

  /// A raster that the catalog does not have (REST API 1.9.1).
  public static func noSuchRaster(_ hint: String) -> ArcGISError {
    ArcGISError(code: 400, message: "Invalid or missing input parameters.", hint: hint)
  }

  /// An operation that the service, its capabilities or the server's release lack.
  public static func notSupported(_ hint: String) -> ArcGISError {
    ArcGISError(code: 400, message: "Requested operation is not supported by this service.", hint: hint)
  }

  /// A path below a resource that is there, but has no such child.
  public static let invalidURL = ArcGISError(code: 400, message: "Invalid URL", details: ["Invalid URL"])

  /// A service that the catalog does not have. The blank at the end is the real server's.
  public static func serviceNotFound(_ path: String) -> ArcGISError {
    ArcGISError(
      code: 404, message: "Service \(path) not found ", hint: "the services are listed at /rest/services?f=json")
  }

  /// A folder that the catalog does not have.
  public static let folderNotFound = ArcGISError(code: 404, message: "Folder not found")

  /// A file of an output directory that is not there or has expired.
  public static let fileNotFound = ArcGISError(code: 404, message: "File not found", status: 404)

  /// The server could not do its own part.
  public static func exporting(_ hint: String) -> ArcGISError {
    ArcGISError(code: 500, message: "Error exporting image", status: 500, hint: hint)
  }

  /// The body, as the given release writes it: 10.8 brought `extendedCode`, and before 10.7 bad parameters had another
  /// message.
  func body(for version: ServerVersion) -> JSON {
    let isBadParameter = code == 400 && message == "Invalid or missing input parameters."
    var error: JSONObject = ["code": .int(code)]
    if isBadParameter && version >= ServerVersion(10, 8) { error["extendedCode"] = -2_147_024_809 }
    error["message"] = .string(
      isBadParameter && version < ServerVersion(10, 7) ? "Unable to complete operation." : message)
    error["details"] = .array(details.map(JSON.string))
    return ["error": .object(error)]
  }
}
