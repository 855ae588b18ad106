import Catalog
import HTTP
import Worlds

/// The way of a request through the REST API: world, route, operation, answer.
public struct ArcGISHandler: Handler {
  /// Forms above this are read on the worker pool, so that no loop is held up.
  private static let largeBody = 16 << 10

  private let site: Site
  private let router: Router
  private let writer = AnswerWriter()
  private let cache = AnswerCache()

  /// A handler over a site.
  public init(site: Site, operations: [Operation] = Operations.all) {
    self.site = site
    router = Router(operations)
  }

  /// Answers a request in the world that its path names, the default one for `/arcgis/…`.
  public func reply(to request: Request) -> Reply {
    let key = cacheKey(request)
    if let key, let response = cache[key] { return .now(response) }
    guard request.body.count <= Self.largeBody else {
      return .work { context in
        switch prepared(request) {
        case .success(let work): work.run(context)
        case .failure(let response): response.response
        }
      }
    }
    switch prepared(request) {
    case .failure(let response): return .now(response.response)
    case .success(let work):
      let run = { @Sendable (context: WorkContext) in
        let response = work.run(context)
        if work.operation.isStable, let key, response.status == .ok { cache[key] = response }
        return response
      }
      return work.operation.weight == .light ? .now(run(WorkContext())) : .work(run)
    }
  }

  /// What a response to a request may be kept under; `nil` for requests that say more than a target does.
  private func cacheKey(_ request: Request) -> AnswerCache.Key? {
    guard request.method == .get, request.body.isEmpty, request.target.utf8.count <= AnswerCache.longestTarget,
      !request.headers.contains("If-None-Match"), !request.headers.contains("Range")
    else {
      return nil
    }
    return AnswerCache.Key(
      target: request.target, origin: site.origin(of: request),
      worldsGeneration: site.worlds.generation)
  }

  private struct Work: Sendable {
    let operation: Operation
    let run: @Sendable (WorkContext) -> Response
  }

  private struct Refused: Error {
    let response: Response
  }

  /// Reads the request up to the point where the operation begins.
  private func prepared(_ request: Request) -> Result<Work, Refused> {
    let sent = SentParameters(request)
    var asked = Asked(
      format: sent.format ?? (sent.text("f") == nil ? .html : .json), sent: sent, version: site.worlds.standard.version)
    do throws(ArcGISError) {
      var path = request.pathComponents[...]
      let (world, worldPath) = try world(of: &path)
      asked.version = world.version
      guard let context = path.popFirst(), context.lowercased() == site.context.lowercased() else {
        let isRoot = request.pathComponents.isEmpty
        return .failure(
          Refused(
            response: isRoot
              ? writer.redirect(to: site.address(world: "", for: request).services)
              : writer.notFound(context: site.context)))
      }
      let route = try router.route(Array(path), catalog: site.catalog)
      let operation = route.operation
      asked.format = try sent.format(for: operation)
      try Self.check(operation, route.service, world.version)
      // A form without anything filled in is shown, not complained about.
      let showsForm =
        asked.format == .html && operation.hasForm && !operation.parameters.contains { sent.text($0.name) != nil }
      let call = Call(
        site: site, world: world,
        address: site.address(world: worldPath, for: request),
        operation: operation, service: route.service, variables: route.variables, format: asked.format,
        arguments: showsForm
          ? .none
          : try Arguments(sent.values, declared: operation.parameters, version: world.version),
        request: request, isCancelled: { false })
      let final = asked
      return .success(
        Work(operation: operation) { context in
          showsForm ? writer.form(call) : answer(call.with(isCancelled: { context.isCancelled }), asked: final)
        })
    } catch {
      return .failure(Refused(response: writer.response(to: error, asked: asked, request: request, site: site)))
    }
  }

  private func answer(_ call: Call, asked: Asked) -> Response {
    do {
      return try writer.response(to: try call.operation.run(call), call: call, asked: asked)
    } catch let error as ArcGISError {
      return writer.response(to: error, asked: asked, call: call)
    } catch {
      site.logger.error("\(call.operation.title): \(error)")
      return writer.response(to: .exporting("\(error)"), asked: asked, call: call)
    }
  }

  private func world(of path: inout ArraySlice<String>) throws(ArcGISError) -> (World, prefix: String) {
    guard path.first == "w" else { return (site.worlds.standard, "") }
    path.removeFirst()
    guard let id = path.popFirst(), let world = site.worlds[id] else {
      throw ArcGISError(
        code: 404, message: "World not found", status: 404,
        hint: "POST /mock/worlds makes a world and tells its address")
    }
    return (world, "/w/\(id)")
  }

  /// Whether the release and the service have the operation.
  private static func check(_ operation: Operation, _ service: ImageService?, _ version: ServerVersion)
    throws(ArcGISError)
  {
    guard operation.versions.contains(version) else {
      throw .notSupported("\(operation.path) came with \(operation.versions.since); this world plays \(version)")
    }
    guard let service else { return }
    if let capability = operation.capability, !service.settings.capabilities.contains(capability) {
      throw .notSupported("\(operation.path) needs the capability \(capability)")
    }
    guard operation.isAvailable(service) else { throw .notSupported("\(service.path) has no \(operation.path)") }
  }
}
