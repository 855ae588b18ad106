import CLinux
import Glibc
import Synchronization

/// A listening socket, closed once, by whoever comes first: its owner or the end of its life.
final class Listener: Sendable {
  let port: UInt16
  private let open: Atomic<Int32>

  init(host: String, port: UInt16, backlog: Int32) throws(ServerError) {
    let descriptor = linux_listen(host, port, backlog)
    guard descriptor >= 0 else {
      let error = SystemError.current("listen")
      throw error.code == EADDRINUSE
        ? .addressInUse(host: host, port: port) : .cannotListen(host: host, port: port, error)
    }
    open = Atomic(descriptor)
    self.port = UInt16(clamping: linux_local_port(descriptor))
  }

  deinit { close() }

  /// The descriptor; -1 once closed.
  var descriptor: Int32 { open.load(ordering: .relaxed) }

  enum Arrival {
    case connection(Int32, address: String)
    case none
    /// The system has no descriptor or memory left.
    case exhausted
  }

  func accept() -> Arrival {
    while true {
      var address = [CChar](repeating: 0, count: 64)
      let accepted = linux_accept(descriptor, &address, address.count)
      if accepted >= 0 {
        let text = address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return .connection(accepted, address: String(decoding: text, as: UTF8.self))
      }
      switch errno {
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      case EAGAIN, EBADF, EINVAL: return .none
      default: continue  // The connection is gone already; the next one may not be.
      }
    }
  }

  func close() {
    let descriptor = open.exchange(-1, ordering: .relaxed)
    if descriptor >= 0 { Glibc.close(descriptor) }
  }
}
