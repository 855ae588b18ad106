import Synchronization

/// A value that several threads share behind a lock of its own.
final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>

  init(_ initial: Value) { value = Mutex(initial) }
}
