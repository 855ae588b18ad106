import HTTP

/// One method on one path of the control API.
struct ControlOperation: Sendable {
  let method: HTTPRequest.Method
  let path: ControlPath
  let run: @Sendable (ControlCall) throws(ControlError) -> Response

  init(
    _ method: HTTPRequest.Method, _ path: ControlPath,
    _ run: @escaping @Sendable (ControlCall) throws(ControlError) -> Response
  ) {
    self.method = method
    self.path = path
    self.run = run
  }
}
