import Catalog
import HTTP
import Worlds

/// One request on its way through an operation: what was asked, in which world, of which service.
struct Call: Sendable {
  /// What all requests share.
  let site: Site
  /// Whose clock and identifiers count.
  let world: World
  /// Where clients find this server.
  let address: Address
  /// The operation that answers.
  let operation: Operation
  /// The service below which the path stands; `nil` for resources of the server itself.
  let resource: ServiceIdentifier?
  /// The image service, where the path stands below one.
  let service: ImageService?
  /// The vector tile service, where the path stands below one.
  let vectorService: VectorService?
  /// The variable parts of the path.
  let variables: [String: String]
  /// The form of the answer.
  let format: ResponseFormat
  /// The parameters.
  var arguments: Arguments
  /// The request as it came.
  let request: Request
  /// Whether the client has gone away.
  var isCancelled: @Sendable () -> Bool

  /// What the request says for a parameter, else its default, else `nil`.
  subscript<Value>(parameter: Parameter<Value>) -> Value? { arguments[parameter] }

  /// What the request says for a parameter that is required or has a default.
  /// - Throws: an error that names the parameter, when a declaration promises too much.
  func value<Value>(_ parameter: Parameter<Value>) throws(ArcGISError) -> Value {
    guard let value = arguments[parameter] else { throw .invalid(parameter.name, expected: parameter.expected) }
    return value
  }

  /// The release that is played.
  var version: ServerVersion { world.version }

  /// The path of the service, as links within pages write it; of the services where there is none.
  var servicePath: String { resource.map(address.path(of:)) ?? "\(address.path)/rest/services" }

  /// The address of the service; of the services where there is none.
  var serviceAddress: String { resource.map(address.address(of:)) ?? address.services }

  /// A variable part of the path.
  func variable(_ name: String) -> String { variables[name] ?? "" }

  /// The image service.
  /// - Throws: an error of the server's own kind when an operation of another scope asks for one.
  func imageService() throws(ArcGISError) -> ImageService {
    guard let service else { throw .invalidURL }
    return service
  }
}
