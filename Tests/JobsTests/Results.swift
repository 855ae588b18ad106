import Locking

/// What many threads have made.
final class Results<T: Sendable>: Sendable {
  let values: Locked<[T?]>

  init(_ count: Int) { values = Locked([T?](repeating: nil, count: count)) }
}
