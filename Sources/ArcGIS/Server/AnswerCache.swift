import Caching
import HTTP

/// Responses of stable operations, ready to be sent again: descriptions that clients ask for before anything else, and
/// tiles.
///
/// Bounded in bytes; those that were not asked for the longest time go first.
final class AnswerCache: Sendable {
  /// What a response was made for.
  struct Key: Hashable {
    /// The request's target, which holds world, path and parameters.
    let target: String
    /// What addresses in the response begin with.
    let origin: String
    /// How many worlds were made and removed before: another world may stand under the same name now.
    let worldsGeneration: Int
    /// Whether what is kept compressed can be sent so.
    let acceptsGzip: Bool
  }

  private let responses: ByteCache<Key, Response>

  /// Responses to longer targets are not kept: what a client can make up must not fill the memory.
  static let longestTarget = 512

  /// Bytes that a response takes besides target and body.
  private static let overhead = 1024

  /// A cache of so many bytes.
  init(capacity: Int = 32 << 20) { responses = ByteCache(capacity: capacity) }

  /// The response for a key.
  subscript(key: Key) -> Response? {
    get { responses[key] }
    set {
      guard let newValue, let count = newValue.body.count else { return }
      responses.keep(newValue, for: key, bytes: key.target.utf8.count + count + Self.overhead)
    }
  }
}
