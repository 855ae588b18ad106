import Worlds

/// One parameter of an operation: the only place that says its name, type, default, releases and meaning.
public struct Parameter<Value: Sendable>: ParameterDeclaration {
  /// The documented spelling; matched whatever its case.
  public let name: String
  /// How the Services Directory's form calls it.
  public let title: String
  /// What it may be.
  public let type: ParameterType<Value>
  /// What an absent one means; `nil` when the operation decides.
  public let standard: Value?
  /// The default in words, for the documentation.
  public let standardText: String?
  /// The releases that have it; others ignore it as unknown.
  public let versions: VersionSpan
  /// Whether the operation can't do without it.
  public let isRequired: Bool
  /// What a client is told that leaves it out where it is required.
  public let missing: ArcGISError
  /// One line for the documentation.
  public let summary: String

  /// What a text may weigh: parsed it takes many times its bytes.
  private static var longestText: Int { 1 << 20 }

  /// Declares a parameter.
  public init(
    _ name: String, title: String, _ type: ParameterType<Value>, default standard: Value? = nil,
    defaultText: String? = nil, since: ServerVersion = .oldest, dropped: ServerVersion? = nil, required: Bool = false,
    missing: ArcGISError? = nil, _ summary: String
  ) {
    self.name = name
    self.title = title
    self.type = type
    self.standard = standard
    self.standardText = defaultText
    self.versions = VersionSpan(since: since, dropped: dropped)
    self.isRequired = required
    self.missing = missing ?? .invalid(name, expected: type.expected)
    self.summary = summary
  }

  /// Reads the text.
  public func value(of text: String) throws(ArcGISError) -> any Sendable {
    guard text.utf8.count <= Self.longestText else { throw .invalid(name, expected: "at most 1 MiB of text") }
    guard let value = type.parse(text) else { throw .invalid(name, expected: type.expected) }
    return value
  }

  /// How a form asks for it.
  public var control: ParameterControl { type.control }
  /// What is expected.
  public var expected: String { type.expected }
}

/// A parameter whatever the type of its value.
public protocol ParameterDeclaration: Sendable {
  /// The documented spelling.
  var name: String { get }
  /// How the Services Directory's form calls it.
  var title: String { get }
  /// How a form asks for it.
  var control: ParameterControl { get }
  /// What is expected, in words.
  var expected: String { get }
  /// The default in words.
  var standardText: String? { get }
  /// The releases that have it.
  var versions: VersionSpan { get }
  /// Whether the operation can't do without it.
  var isRequired: Bool { get }
  /// What a client is told that leaves it out where it is required.
  var missing: ArcGISError { get }
  /// One line for the documentation.
  var summary: String { get }
  /// Reads the text, which is not empty.
  func value(of text: String) throws(ArcGISError) -> any Sendable
}
