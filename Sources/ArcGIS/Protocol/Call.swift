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
  /// The image service below which the path stands; `nil` for resources of the server itself.
  let service: ImageService?
  /// The variable parts of the path.
  let variables: [String: String]
  /// The form of the answer.
  let format: ResponseFormat
  /// The parameters.
  let arguments: Arguments
  /// The request as it came.
  let request: Request
  /// Whether the client has gone away.
  var isCancelled: @Sendable () -> Bool

  /// What the request says for a parameter, else its default, else `nil`.
  subscript<Value>(parameter: Parameter<Value>) -> Value? { arguments[parameter] }

  /// The same call with another way to learn that the client has gone away.
  func with(isCancelled: @escaping @Sendable () -> Bool) -> Call {
    var call = self
    call.isCancelled = isCancelled
    return call
  }

  /// The release that is played.
  var version: ServerVersion { world.version }

  /// The image service.
  /// - Throws: an error of the server's own kind when an operation of another scope asks for one.
  func imageService() throws(ArcGISError) -> ImageService {
    guard let service else { throw .invalidURL }
    return service
  }
}
