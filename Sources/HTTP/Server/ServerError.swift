/// Why a server can't start.
public enum ServerError: Error, Sendable, CustomStringConvertible {
  /// Something else listens on this port.
  case addressInUse(host: String, port: UInt16)
  /// The host can't be listened on: unknown, not of this machine, a port without permission ...
  case cannotListen(host: String, port: UInt16, SystemError)
  /// The system has no room for the server's own needs.
  case noResources(SystemError)
  /// The server was started or shut down before.
  case alreadyStarted

  /// One sentence.
  public var description: String {
    switch self {
    case .addressInUse(let host, let port): "Port \(port) of \(host) is in use."
    case .cannotListen(let host, let port, let error): "Can't listen on \(host), port \(port): \(error)."
    case .noResources(let error): "The server can't start: \(error)."
    case .alreadyStarted: "The server was started before."
    }
  }
}
