import HTTP
import Locking

/// Responses of stable operations, ready to be sent again: descriptions that clients ask for before anything else.
///
/// Bounded in number; when it is full it starts anew, because what is asked for often is soon back.
final class AnswerCache: Sendable {
  /// What a response was made for.
  struct Key: Hashable {
    /// The request's target, which holds world, path and parameters.
    let target: String
    /// What addresses in the response begin with.
    let origin: String
    /// How many worlds were made and removed before: another world may stand under the same name now.
    let worldsGeneration: Int
  }

  private let limit: Int
  private let responses = Locked<[Key: Response]>([:])

  /// Responses to longer targets are not kept: what a client can make up must not fill the memory.
  static let longestTarget = 512

  /// Larger bodies are not kept.
  private static let largestBody = 64 << 10

  /// A cache of so many responses.
  init(limit: Int = 256) { self.limit = limit }

  /// The response for a key.
  subscript(key: Key) -> Response? {
    get { responses.withLock { $0[key] } }
    set {
      guard let count = newValue?.body.count, count <= Self.largestBody else { return }
      responses.withLock { responses in
        if responses.count >= limit { responses.removeAll() }
        responses[key] = newValue
      }
    }
  }
}
