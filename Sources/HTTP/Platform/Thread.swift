import CLinux
import Glibc

/// A thread of the system. Dispatch has no threads of one's own: an event loop would occupy one of its pool for good.
enum Thread {
  /// Runs a closure on a thread of its own, which nobody joins and which never dies of a broken pipe.
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(name: name, body: body))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let box = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
        linux_name_thread(box.name)
        linux_block_sigpipe()
        box.body()
        return nil
      }, box.toOpaque())
    // Without threads there is no server; the system refuses them only at the limits of processes and memory.
    precondition(failed == 0, "The system refuses another thread.")
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}
