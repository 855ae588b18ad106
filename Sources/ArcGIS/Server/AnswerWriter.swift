import CDeflate
import HTTP
import JSONValue
import Worlds

/// Turns answers and errors into HTTP responses: the one place that knows how.
struct AnswerWriter: Sendable {
  private static let jsonType = "application/json;charset=UTF-8"
  private static let geoJSONType = "application/geo+json;charset=UTF-8"
  private static let htmlType = "text/html;charset=UTF-8"
  /// What real servers send with dynamic answers (REST API 4.7).
  private static let dynamic = "private, must-revalidate, max-age=0"

  /// What real servers send with tiles (REST API 4.7).
  private static let kept = "max-age=86400, must-revalidate"

  /// Characters of a hint.
  private static let longestHint = 1000

  /// The response to an answer.
  func response(to answer: Answer, call: Call, asked: Asked) throws(ArcGISError) -> Response {
    switch answer {
    case .json(let json, let page):
      let response =
        call.format == .html
        ? html(DirectoryPage(call).text(json, page))
        : self.json(json, format: call.format, callback: asked.sent.callback)
      return revalidated(response, call.request)
    case .bytes(let bytes, let type, let name):
      var response = dynamic(type, bytes)
      if let name { response.headers.append("Content-Disposition", Self.attachment(name)) }
      return revalidated(response, call.request)
    case .tile(let bytes, let type):
      return tile(bytes, type, ["Cache-Control": Self.kept], call.request)
    case .compressedTile(let bytes, let type):
      var headers: Headers = ["Cache-Control": Self.kept, "Vary": "Accept-Encoding"]
      if Compression.accepts("gzip", call.request.headers) {
        headers["Content-Encoding"] = "gzip"
        return tile(bytes, type, headers, call.request)
      }
      guard let plain = Gzip.decompress(bytes) else {
        throw ArcGISError(
          code: 500, message: "Error: the tile can't be read.", status: 500, hint: "the stored tile is no sound gzip")
      }
      return tile(plain, type, headers, call.request)
    case .file(let path, let type, let name):
      return try file(path, type: type, name: name, request: call.request)
    case .redirect(let address):
      return redirect(to: address)
    }
  }

  private func tile(_ bytes: [UInt8], _ type: String, _ headers: Headers, _ request: Request) -> Response {
    Representation(
      bytes, contentType: type, entityTag: Self.entityTag(of: bytes, isWeak: false), headers: headers
    ).response(to: request)
  }

  /// The empty form of an operation.
  func form(_ call: Call) -> Response { html(DirectoryPage(call).form()) }

  /// The response to an error below an operation.
  func response(to error: ArcGISError, asked: Asked, call: Call) -> Response {
    finished(
      error,
      asked.format == .html ? html(DirectoryPage(call).text(error)) : body(of: error, asked: asked))
  }

  /// The response to an error before an operation was found.
  func response(to error: ArcGISError, asked: Asked, address: Address) -> Response {
    finished(
      error,
      asked.format == .html
        ? html(DirectoryPage.text(error, context: address.path)) : body(of: error, asked: asked))
  }

  /// A body in JSON also where a picture was asked for, then under the picture's type: clients sniff, and so they must.
  private func body(of error: ArcGISError, asked: Asked) -> Response {
    let json = error.body(for: asked.version)
    guard asked.format == .image else {
      // An error is no GeoJSON.
      return self.json(json, format: asked.format == .pjson ? .pjson : .json, callback: asked.sent.callback)
    }
    return dynamic(asked.pictureType, json.serialized())
  }

  private func finished(_ error: ArcGISError, _ response: Response) -> Response {
    var response = response
    let missingPage = error.code == 404 && response.headers["Content-Type"] == Self.htmlType
    if missingPage {
      response.status = .notFound
    } else if error.status != 200 {
      response.status = .init(code: error.status)
    }
    // What a client sent may be part of a hint, and clients bound their header fields.
    if let hint = error.hint { response.headers.append(ArcGISHandler.hintField, String(hint.prefix(Self.longestHint))) }
    return response
  }

  private func json(_ json: JSON, format: ResponseFormat, callback: String?) -> Response {
    let text = json.serialized(format == .pjson ? .pretty : .compact)
    guard let callback else { return dynamic(format == .geojson ? Self.geoJSONType : Self.jsonType, text) }
    return dynamic("text/javascript;charset=UTF-8", Array("\(callback)(".utf8) + text + Array(");".utf8))
  }

  private func html(_ text: String) -> Response { dynamic(Self.htmlType, Array(text.utf8)) }

  private func dynamic(_ type: String, _ bytes: [UInt8]) -> Response {
    Response(.ok, headers: ["Content-Type": type, "Cache-Control": Self.dynamic], body: .bytes(bytes))
  }

  /// The response with a weak entity tag, as real servers have it (REST API 4.7); 304 for a client that has it already.
  private func revalidated(_ response: Response, _ request: Request) -> Response {
    guard case .bytes(let bytes) = response.body, let type = response.headers["Content-Type"] else { return response }
    var headers = response.headers
    headers.removeAll("Content-Type")
    return Representation(
      bytes, contentType: type, entityTag: Self.entityTag(of: bytes, isWeak: true), headers: headers
    ).response(to: request)
  }

  private static func entityTag(of bytes: [UInt8], isWeak: Bool) -> EntityTag {
    let checksum = bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    return EntityTag("\(String(checksum, radix: 16))-\(bytes.count)", isWeak: isWeak)
  }

  /// The name to save a body under (RFC 6266): in ASCII, and as it is where that is something else.
  private static func attachment(_ name: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { (" "..."~").contains($0) && $0 != "\"" && $0 != "\\" ? $0 : "_" }))
    return "attachment; filename=\"\(plain)\"" + (plain == name ? "" : "; filename*=UTF-8''\(percentEncoded(name))")
  }

  private func file(_ path: String, type: String, name: String?, request: Request) throws(ArcGISError) -> Response {
    guard let file = try? OpenFile(path: path) else { throw .fileNotFound }
    var headers: Headers = ["Cache-Control": "max-age=86400"]
    if let name { headers.append("Content-Disposition", Self.attachment(name)) }
    return Representation(file, contentType: type, headers: headers).response(to: request)
  }

  /// A response that sends the client elsewhere.
  func redirect(to address: String) -> Response {
    Response(.found, headers: ["Location": address, "Content-Type": Self.htmlType])
  }

  /// The response outside of the context, where nothing of ArcGIS is.
  func notFound(context: String) -> Response {
    .text("Nothing is here. The services are at /\(context)/rest/services.\n", .notFound)
  }
}
