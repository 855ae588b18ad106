import Locking

/// The references, and what is known of them, that requests named lately: a request names its references every time, and
/// finding one out takes milliseconds.
final class ReferenceCache: Sendable {
  static let shared = ReferenceCache()

  /// How a reference was asked for.
  enum Key: Hashable {
    case code(Int)
    case text(String)
  }

  private struct State {
    // Refusals are kept too: a client that asks for nonsense asks for it again.
    var references = RecentCache<Key, Result<SpatialReference, SpatialError>>(capacity: 512)
    var properties = RecentCache<String, ReferenceProperties>(capacity: 128)
    var equivalences = RecentCache<[String], Bool>(capacity: 256)
  }

  private let state = Locked(State())

  func reference(for key: Key) throws(SpatialError) -> SpatialReference {
    if let known = state.withLock({ $0.references[key] }) { return try known.get() }
    let result = Result { () throws(SpatialError) in
      switch key {
      case .code(let wkid): try SpatialReference.resolve(wkid: wkid)
      case .text(let wkt): try SpatialReference.resolve(wkt: wkt)
      }
    }
    state.withLock { $0.references[key] = result }
    return try result.get()
  }

  func properties(of definition: String, find: () -> ReferenceProperties) -> ReferenceProperties {
    if let known = state.withLock({ $0.properties[definition] }) { return known }
    let found = find()
    state.withLock { $0.properties[definition] = found }
    return found
  }

  func equivalence(_ first: String, _ second: String, find: () -> Bool) -> Bool {
    let key = first < second ? [first, second] : [second, first]
    if let known = state.withLock({ $0.equivalences[key] }) { return known }
    let found = find()
    state.withLock { $0.equivalences[key] = found }
    return found
  }
}
