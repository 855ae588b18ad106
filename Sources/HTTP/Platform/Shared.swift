import Locking

/// A value that several threads share behind a lock of its own.
final class Shared<Value: Sendable>: Sendable {
  let value: Locked<Value>

  init(_ initial: Value) { value = Locked(initial) }
}
