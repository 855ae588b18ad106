import Catalog
import HTTP
import Jobs
import Worlds

/// The way of a request through the REST API: world, route, operation, answer.
public struct ArcGISHandler: Handler {
  /// The response field that tells a developer what would have been right.
  public static let hintField = "X-Mock-ArcGIS-Hint"
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
    let known = cacheKey(request)
    let isConditional = Self.hasConditions(request)
    if let known, let response = cache[known] {
      if !isConditional { return .now(response) }
      if let revalidated = Representation(response)?.response(to: request) { return .now(revalidated) }
    }
    // What is answered for a part, or not at all, is not kept.
    let key = isConditional ? nil : known
    if request.body.count > Self.largeBody {
      return .work { context in
        switch find(request) {
        case .success(let found): answer(found, context)
        case .failure(let refused): refused.response
        }
      }
    }
    switch find(request) {
    case .failure(let refused): return .now(refused.response)
    case .success(let found):
      let run = { @Sendable (context: WorkContext) in
        let response = answer(found, context)
        if found.call.operation.isStable, let key, response.status == .ok { cache[key] = response }
        return response
      }
      let reply: Reply = found.call.operation.weight == .light ? .now(run(WorkContext())) : .work(run)
      if let key = found.call.operation.awaited?(found.call) { return awaiting(key, reply: .work(run)) }
      if let service = found.call.vectorService, !site.vectorTiles.isSettled(service) {
        return .later { responder in
          site.vectorTiles.whenSettled(service) { responder.complete(with: .work(run)) }
        }
      }
      return reply
    }
  }

  /// A reply that is given when the state of a job is ready to be told.
  private func awaiting(_ key: Job.Key, reply: Reply) -> Reply {
    .later { responder in
      site.jobs.whenReady(key) { responder.complete(with: reply) }
    }
  }

  /// What a response to a request may be kept under; `nil` for requests that are no plain reading.
  private func cacheKey(_ request: Request) -> AnswerCache.Key? {
    guard request.method == .get, request.body.isEmpty, request.target.utf8.count <= AnswerCache.longestTarget else {
      return nil
    }
    return AnswerCache.Key(
      target: request.target, origin: site.origin(of: request),
      worldsGeneration: site.worlds.generation, acceptsGzip: Compression.accepts("gzip", request.headers))
  }

  /// Whether the answer hangs on what the client has already, or is to be a part.
  private static func hasConditions(_ request: Request) -> Bool {
    ["If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "Range"]
      .contains(where: request.headers.contains)
  }

  /// A request whose operation is known, its parameters not yet read.
  private struct Found: Sendable {
    let call: Call
    let asked: Asked
  }

  private struct Refused: Error {
    let response: Response
  }

  /// Finds what a request asks for. Its parameters are read with the operation: a spatial reference or an XML text can take
  /// its time.
  private func find(_ request: Request) -> Result<Found, Refused> {
    let sent = SentParameters(request)
    var asked = Asked(
      format: sent.format ?? (sent.text("f") == nil ? .html : .json), sent: sent, version: site.worlds.standard.version)
    var address = site.address(world: "", for: request)
    do throws(ArcGISError) {
      var path = request.pathComponents[...]
      let (world, worldPath) = try world(of: &path)
      asked.version = world.version
      address = site.address(world: worldPath, for: request)
      guard let context = path.popFirst(), context.lowercased() == site.context.lowercased() else {
        let isRoot = request.pathComponents.isEmpty
        return .failure(
          Refused(response: isRoot ? writer.redirect(to: address.services) : writer.notFound(context: site.context)))
      }
      let route = try router.route(Array(path), catalog: site.catalog)
      // A picture's type is for operations that give pictures.
      if asked.format == .image && !route.operation.formats.contains(.image) { asked.format = .json }
      asked.format = try sent.format(for: route.operation)
      try Self.check(route.operation, route.service, world.version)
      return .success(
        Found(
          call: Call(
            site: site, world: world, address: address, operation: route.operation, resource: route.resource,
            service: route.service, vectorService: route.vectorService, variables: route.variables,
            format: asked.format, arguments: .none,
            request: request,
            isCancelled: { false }),
          asked: asked))
    } catch {
      return .failure(Refused(response: writer.response(to: error, asked: asked, address: address)))
    }
  }

  private func answer(_ found: Found, _ context: WorkContext) -> Response {
    var call = found.call
    call.isCancelled = { context.isCancelled }
    let declared = call.operation.parameters
    let sent = found.asked.sent
    // A form without anything filled in is shown, not complained about.
    if call.format == .html, call.operation.isForm, !declared.contains(where: { sent.text($0.name) != nil }) {
      return writer.form(call)
    }
    do {
      call.arguments = Arguments(unread: sent.values, declared: declared)
      call.arguments = try Arguments(sent.values, declared: declared, version: call.version)
      return try writer.response(to: try call.operation.run(call), call: call, asked: found.asked)
    } catch let error as ArcGISError {
      return writer.response(to: error, asked: found.asked, call: call)
    } catch {
      site.logger.error("\(call.operation.title): \(error)")
      return writer.response(to: .exporting("\(error)"), asked: found.asked, call: call)
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
    guard operation.isAvailable(service) else { throw operation.refusal(service) }
    if let capability = operation.capability, !service.settings.capabilities.contains(capability) {
      throw .notSupported("\(operation.path) needs the capability \(capability)")
    }
  }
}
