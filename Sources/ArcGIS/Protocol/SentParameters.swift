import Codecs
import HTTP
import Worlds

/// What a request says in its query and its form.
struct SentParameters: Sendable {
  /// Names and values; the body's come last, so that they override the query's.
  let values: [(name: String, value: String)]

  /// Reads query and form.
  init(_ request: Request) {
    values = request.parameters.map { ($0.name, $0.value) }
  }

  /// The text of a parameter; `nil` when it is not given or empty.
  func text(_ name: String) -> String? { Arguments.text(of: name, in: values) }

  /// The value of `f`, when it is one that the REST API has.
  var format: ResponseFormat? { text("f").flatMap { ResponseFormat(text: $0) } }

  /// The format of the answer for an operation: what `f` says, or the operation's own default.
  /// - Throws: an error for an `f` that the operation does not answer.
  func format(for operation: Operation) throws(ArcGISError) -> ResponseFormat {
    guard let standard = operation.formats.first else { return .json }
    guard let text = text("f") else { return standard }
    guard let format = ResponseFormat(text: text), operation.formats.contains(format) else {
      throw .invalid("f", expected: "one of " + operation.formats.map(\.rawValue).joined(separator: ", "))
    }
    return format
  }

  /// The function of a JSONP answer: letters, digits, `_`, `.` and `$` only.
  var callback: String? {
    text("callback").flatMap { name in
      name.utf8.count <= 128 && name.utf8.allSatisfy { $0.isLetterOrDigit || "_.$".utf8.contains($0) } ? name : nil
    }
  }
}

/// How a request wants its answer, known before its operation is.
struct Asked: Sendable {
  /// The form of the answer.
  var format: ResponseFormat
  /// What was sent.
  let sent: SentParameters
  /// The release that is played.
  var version: ServerVersion

  /// The media type that an error has under `f=image`: the picture's, as on a real server (REST API 1.3.5).
  var pictureType: String {
    (sent.text("format").flatMap { ImageFormat(name: $0) } ?? ExportParameters.defaultFormat(in: version)).contentType
  }
}
