import Locking

/// The references, and what is known of them, and the steps of datum transformations that requests named lately: a request
/// names them every time, and finding one out takes milliseconds.
final class ReferenceCache: Sendable {
  static let shared = ReferenceCache()

  /// How a reference or a step was asked for.
  enum Key: Hashable {
    case code(Int)
    case text(String)
  }

  private struct State {
    // Refusals are kept too: a client that asks for nonsense asks for it again.
    var references = RecentCache<Key, Result<SpatialReference, SpatialError>>(capacity: 512)
    var steps = RecentCache<Key, Result<DatumTransformation.Definition, SpatialError>>(capacity: 128)
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

  func step(for key: Key) throws(SpatialError) -> DatumTransformation.Definition {
    if let known = state.withLock({ $0.steps[key] }) { return try known.get() }
    let result = Result { () throws(SpatialError) in
      switch key {
      case .code(let wkid): try DatumTransformation.resolve(wkid: wkid)
      case .text(let wkt): try DatumTransformation.resolve(wkt: wkt)
      }
    }
    state.withLock { $0.steps[key] = result }
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
