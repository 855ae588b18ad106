import Catalog
import Jobs
import Worlds

/// One operation or resource of the REST API, declared once.
///
/// From this value follow the route, parsing and checking of parameters, the form of its Services Directory page, its
/// machine-readable description, and the rules by which a client's requests are judged.
public struct Operation: Sendable {
  /// Under which resource it stands.
  public enum Scope: Hashable, Sendable {
    /// The server itself: the path is below `/arcgis`.
    case site
    /// An image service: the path is below `…/ImageServer`.
    case imageService
    /// A vector tile service: the path is below `…/VectorTileServer`.
    case vectorTileService
    /// A geoprocessing service, which the server brings along: the path is below `Folder/Name/GPServer`.
    case geoprocessingService(String)
  }

  /// What answering costs.
  public enum Weight: Sendable {
    /// Nothing is waited for and little computed: answered on the connection's own loop.
    case light
    /// Rasters, projection, encoding or the catalog are at work: answered on the worker pool.
    case heavy
  }

  /// Where it is found, below its scope.
  public let path: PathPattern
  /// How its page is headed.
  public let title: String
  /// One line for the documentation.
  public let summary: String
  /// Under which resource it stands.
  public let scope: Scope
  /// The word that must be among the service's capabilities.
  public let capability: String?
  /// Whether a service has it, besides release and capability.
  let isAvailable: @Sendable (ImageService) -> Bool
  /// What a service that does not have it says.
  let refusal: @Sendable (ImageService) -> ArcGISError
  /// The releases that have it.
  public let versions: VersionSpan
  /// The values of `f` that it answers; the first one is the default. Empty for files, which have one form only.
  public let formats: [ResponseFormat]
  /// Its parameters in the order of the form, without `f` and `callback`, which all have.
  public let parameters: [any ParameterDeclaration]
  /// Whether its page is a form to fill in.
  public let isForm: Bool
  /// What answering costs.
  public let weight: Weight
  /// Whether the answer depends on nothing but the data, the release and the address, so that it can be sent again.
  let isStable: Bool
  /// The job whose work a client waits for, where the state of a job is told only when its policy lets it be seen.
  let awaited: (@Sendable (Call) -> Job.Key?)?
  /// Answers a request.
  let run: @Sendable (Call) throws -> Answer

  /// Declares an operation.
  /// - Parameters:
  ///   - refusal: what a service says where the operation is not available; that it does not support it, if nothing else.
  ///   - form: whether its page is a form to fill in; so it is where it can't answer without a parameter, if nothing is
  ///     said.
  init(
    _ path: PathPattern, title: String, _ summary: String, scope: Scope, capability: String? = nil,
    available: @escaping @Sendable (ImageService) -> Bool = { _ in true },
    refusal: (@Sendable (ImageService) -> ArcGISError)? = nil, since: ServerVersion = .oldest,
    dropped: ServerVersion? = nil, formats: [ResponseFormat] = [.html, .json, .pjson],
    parameters: [any ParameterDeclaration] = [], form: Bool? = nil, weight: Weight, stable: Bool = false,
    awaiting: (@Sendable (Call) -> Job.Key?)? = nil, run: @escaping @Sendable (Call) throws -> Answer
  ) {
    self.path = path
    self.title = title
    self.summary = summary
    self.scope = scope
    self.capability = capability
    isAvailable = available
    self.refusal = refusal ?? { .notSupported("\($0.path) has no \(path)") }
    self.versions = VersionSpan(since: since, dropped: dropped)
    self.formats = formats
    self.parameters = parameters
    isForm = form ?? parameters.contains(where: \.isRequired)
    self.weight = weight
    isStable = stable
    awaited = awaiting
    self.run = run
  }
}

/// The path of an operation below its resource: words, names in braces that stand for one part of the path, `{#name}` for
/// one that is a whole number, and `{*name}` at the end for all that is left.
public struct PathPattern: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  private enum Part: Hashable {
    case word(String)
    case variable(String)
    case number(String)
    case rest(String)
  }

  private let parts: [Part]
  /// The pattern as it was written.
  public let description: String

  /// A pattern from its text: `exportImage`, `tile/{level}/{row}/{column}`; the empty text is the resource itself.
  public init(stringLiteral text: String) {
    description = text
    parts = text.split(separator: "/").map { part in
      guard part.hasPrefix("{"), part.hasSuffix("}") else { return .word(part.lowercased()) }
      let name = part.dropFirst().dropLast()
      if name.hasPrefix("*") { return .rest(String(name.dropFirst())) }
      return name.hasPrefix("#") ? .number(String(name.dropFirst())) : .variable(String(name))
    }
  }

  /// Whether it is one path rather than many.
  var isFixed: Bool { parts.allSatisfy { if case .word = $0 { true } else { false } } }

  /// The pattern as addresses of documents write it: names in braces, without the signs before them.
  var template: String { description.replacing("{*", with: "{").replacing("{#", with: "{") }

  /// The path with the values of its variables; each part is percent-encoded.
  func path(_ variables: [String: String]) -> String {
    zip(parts, description.split(separator: "/")).map { part, text in
      switch part {
      case .word: String(text)
      case .variable(let name), .number(let name): percentEncoded(variables[name] ?? "")
      case .rest(let name):
        (variables[name] ?? "").split(separator: "/").map { percentEncoded(String($0)) }.joined(separator: "/")
      }
    }.joined(separator: "/")
  }

  /// The values of the variables when the path fits the pattern; words are compared whatever their case.
  func match(_ path: ArraySlice<String>) -> [String: String]? {
    var variables: [String: String] = [:]
    var left = path
    for part in parts {
      switch part {
      case .rest(let name):
        variables[name] = left.joined(separator: "/")
        return variables
      case .word(let word):
        guard let next = left.popFirst(), next.lowercased() == word else { return nil }
      case .variable(let name):
        guard let next = left.popFirst() else { return nil }
        variables[name] = next
      case .number(let name):
        guard let next = left.popFirst(), !next.isEmpty, next.utf8.allSatisfy({ (48...57).contains($0) }) else {
          return nil
        }
        variables[name] = next
      }
    }
    return left.isEmpty ? variables : nil
  }
}
