import Dispatch
import HTTP

/// One method on one path of the control API.
struct ControlOperation: Sendable {
  let method: HTTPRequest.Method
  let path: ControlPath
  /// How a call is answered; begun on the worker pool where it changes something.
  let reply: @Sendable (ControlCall) -> Reply

  /// An operation that answers at once.
  init(
    _ method: HTTPRequest.Method, _ path: ControlPath,
    _ run: @escaping @Sendable (ControlCall) throws(ControlError) -> Response
  ) {
    self.method = method
    self.path = path
    reply = { call in
      let respond = { @Sendable () -> Response in
        do throws(ControlError) { return try run(call) } catch { return error.response }
      }
      // What changes something may remove files; what tells of jobs reads the database.
      return method == .get && !path.isOfJobs ? .now(respond()) : .work { _ in respond() }
    }
  }

  /// An operation that answers when its effect can be seen, which may take its time; no thread waits meanwhile.
  init(
    _ method: HTTPRequest.Method, _ path: ControlPath,
    waiting begin:
      @escaping @Sendable (ControlCall, _ respond: @escaping @Sendable (Response) -> Void) throws(ControlError) -> Void
  ) {
    self.method = method
    self.path = path
    reply = { call in
      .later { responder in
        // What is asked for at the beginning may take as long as a database does.
        DispatchQueue.global().async {
          do throws(ControlError) {
            try begin(call) { responder.complete($0) }
          } catch {
            responder.complete(error.response)
          }
        }
      }
    }
  }
}
