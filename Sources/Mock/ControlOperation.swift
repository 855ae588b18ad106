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

  /// An operation that answers when its effect can be seen, which may take its time.
  init(
    _ method: HTTPRequest.Method, _ path: ControlPath,
    waiting begin: @escaping @Sendable (ControlCall) throws(ControlError) -> Reply
  ) {
    self.method = method
    self.path = path
    reply = { call in
      do throws(ControlError) { return try begin(call) } catch { return .now(error.response) }
    }
  }
}
