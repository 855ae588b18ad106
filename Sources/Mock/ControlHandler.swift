import ArcGIS
import HTTP

/// The control API below `/mock`: what no real server has. JSON in, JSON out, with honest HTTP statuses.
///
/// A call answers when its effect can be seen.
public struct ControlHandler: Handler {
  private let site: Site

  /// The control API of a site.
  public init(site: Site) { self.site = site }

  /// The methods of the resource that a request below `/mock` names; GET for what is not there.
  public func methods(of request: Request) -> [HTTPRequest.Method] {
    let path = Array(request.pathComponents.dropFirst())
    let methods = Self.operations.filter { $0.path.match(path) != nil }.map(\.method)
    return methods.isEmpty ? [request.method] : methods
  }

  /// Answers a request below `/mock`.
  public func reply(to request: Request) -> Reply {
    let path = Array(request.pathComponents.dropFirst())
    let fitting = Self.operations.compactMap { operation in operation.path.match(path).map { (operation, $0) } }
    guard !fitting.isEmpty else { return .now(ControlError(.notFound, "no such control resource").response) }
    let method = request.method == .head ? .get : request.method
    guard let (operation, variables) = fitting.first(where: { $0.0.method == method }) else {
      return .now(ControlError(.methodNotAllowed, "\(request.method.rawValue) is not possible here").response)
    }
    return operation.reply(ControlCall(site: site, request: request, variables: variables))
  }

  private static let operations: [ControlOperation] = [
    ControlOperation(.get, ["health"], Health.get), ControlOperation(.get, ["openapi.json"], Description.get),
    ControlOperation(.get, ["worlds"], WorldsControl.list), ControlOperation(.post, ["worlds"], WorldsControl.create),
    ControlOperation(.get, ["worlds", "{id}"], WorldsControl.get),
    ControlOperation(.delete, ["worlds", "{id}"], WorldsControl.remove),
    ControlOperation(.post, ["worlds", "{id}", "reset"], WorldsControl.reset),
    ControlOperation(.get, ["jobs"], JobsControl.list),
    // Before the jobs: none has this name.
    ControlOperation(.get, ["jobs", "policy"], JobsControl.policies),
    ControlOperation(.put, ["jobs", "policy"], JobsControl.setPolicy),
    ControlOperation(.delete, ["jobs", "policy"], JobsControl.removePolicies),
    ControlOperation(.get, ["jobs", "{id}"], JobsControl.get),
    ControlOperation(.post, ["jobs", "{id}", "advance"], waiting: JobsControl.advance),
    ControlOperation(.post, ["jobs", "{id}", "fail"], JobsControl.fail),
    ControlOperation(.post, ["jobs", "{id}", "stall"], JobsControl.stall),
    ControlOperation(.post, ["jobs", "{id}", "expire"], JobsControl.expire),
  ]
}
