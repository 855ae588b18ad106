import ArcGIS
import HTTP
import JSONValue
import Jobs
import Worlds

/// `/mock/jobs`: moves jobs on step by step, breaks them, and says how those to come go.
enum JobsControl {
  /// `GET /mock/jobs`: the latest jobs of the default world, or of `?world=`.
  static func list(_ call: ControlCall) throws(ControlError) -> Response {
    let world = try world(call)
    let jobs = try stored { () throws(JobError) in try call.site.jobs.jobs(of: world) }
    return Response(json: ["jobs": .array(jobs.map { description($0, world) })])
  }

  /// `GET /mock/jobs/{id}`: a job, without counting as a poll.
  static func get(_ call: ControlCall) throws(ControlError) -> Response { try answer(call) }

  /// `POST /mock/jobs/{id}/advance`: lets a job go on into its next state. Answers when it has, its work done where the next
  /// state is its end.
  static func advance(_ call: ControlCall, _ respond: @escaping @Sendable (Response) -> Void) throws(ControlError) {
    let (job, _) = try found(call)
    guard !job.status.isFinal else { throw ended(job) }
    call.site.jobs.advance(job.key)
    call.site.jobs.whenReady(job.key) {
      do throws(ControlError) { respond(try answer(call)) } catch { respond(error.response) }
    }
  }

  /// `POST /mock/jobs/{id}/fail` with `{"message"}`: lets a job fail.
  static func fail(_ call: ControlCall) throws(ControlError) -> Response {
    let (job, _) = try found(call)
    guard !job.status.isFinal else { throw ended(job) }
    let body = try call.body()
    if let message = body["message"], message.string == nil {
      throw ControlError(.badRequest, "message has to be a text")
    }
    call.site.jobs.fail(job.key, message: body["message"]?.string ?? JobPolicy.plannedFailure)
    return try answer(call)
  }

  /// `POST /mock/jobs/{id}/stall`: holds a job in its state until it is advanced.
  static func stall(_ call: ControlCall) throws(ControlError) -> Response {
    let (job, _) = try found(call)
    guard !job.status.isFinal else { throw ended(job) }
    call.site.jobs.stall(job.key)
    return try answer(call)
  }

  /// `POST /mock/jobs/{id}/expire`: a job on its way times out; an ended one is gone, with its results.
  static func expire(_ call: ControlCall) throws(ControlError) -> Response {
    let (job, world) = try found(call)
    try stored { () throws(JobError) in try call.site.jobs.expire(job.key, in: world) }
    return job.status.isFinal ? Response(.noContent) : try answer(call)
  }

  // MARK: Policy

  /// `GET /mock/jobs/policy`: the policies of the default world, or of `?world=`.
  static func policies(_ call: ControlCall) throws(ControlError) -> Response {
    Response(json: description(call.site.jobs.policies(of: try world(call))))
  }

  /// `PUT /mock/jobs/policy` with `{"progression", "unit", "submitted", "waiting", "executing", "outcome", "message"}`, and
  /// what it is for: `service`, `task` or `next`, a number of jobs; without them all jobs of the world.
  static func setPolicy(_ call: ControlCall) throws(ControlError) -> Response {
    let body = try call.body()
    let known: Set<String> = [
      "progression", "unit", "submitted", "waiting", "executing", "outcome", "message", "service", "task", "next",
    ]
    if let stranger = body.first(where: { !known.contains($0.name) }) {
      throw ControlError(
        .badRequest, "\(stranger.name) is not known; a policy has \(known.sorted().joined(separator: ", "))")
    }
    let policy: JobPolicy
    do throws(JobPolicyError) { policy = try JobPolicy(json: body) } catch {
      throw ControlError(.badRequest, error.reason)
    }
    let world = try world(call)
    call.site.jobs.set(policy, for: try scope(body, call), of: world)
    return Response(json: description(call.site.jobs.policies(of: world)))
  }

  /// `DELETE /mock/jobs/policy`: takes all policies of the world away.
  static func removePolicies(_ call: ControlCall) throws(ControlError) -> Response {
    call.site.jobs.removePolicies(of: try world(call))
    return Response(.noContent)
  }

  private static func scope(_ body: JSONObject, _ call: ControlCall) throws(ControlError) -> JobPolicies.Scope {
    if let next = body["next"] {
      guard body["task"] == nil, body["service"] == nil else {
        throw ControlError(.badRequest, "next is for whatever jobs come next: it goes without task and service")
      }
      guard let count = next.bool == true ? 1 : next.integer, (1...JobPolicies.mostNext).contains(count) else {
        throw ControlError(.badRequest, "next has to be a number of jobs from 1 to \(JobPolicies.mostNext)")
      }
      return .next(count)
    }
    if let task = body["task"] {
      guard let name = call.site.jobTask(named: task.string ?? "", service: body["service"]?.string) else {
        throw ControlError(
          .badRequest, "there is no such task; name one as in Utilities/RasterUtilities/GPServer/DownloadRaster")
      }
      return .task(name)
    }
    if let service = body["service"] {
      guard let name = call.site.jobOwner(named: service.string ?? "") else {
        throw ControlError(.badRequest, "there is no such service; name one as in Utilities/RasterUtilities/GPServer")
      }
      return .service(name)
    }
    return .world
  }

  private static func description(_ policies: JobPolicies) -> JSON {
    let list = { (policies: [String: JobPolicy]) in
      JSON.object(JSONObject(policies.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    return [
      "standard": policies.standard.json, "services": list(policies.services), "tasks": list(policies.tasks),
      "next": .array(policies.next.map(\.json)),
    ]
  }

  // MARK: Parts

  private static func world(_ call: ControlCall) throws(ControlError) -> World {
    guard let id = call.query("world") else { return call.site.worlds.standard }
    guard let world = call.site.worlds[id] else { throw ControlError(.notFound, "there is no world \(id)") }
    return world
  }

  /// The job of the path: in the world that `?world=` names, else in the default one, else in the only one that has it.
  /// Worlds with the same seed make the same identifiers.
  private static func found(_ call: ControlCall) throws(ControlError) -> (Job, World) {
    let id = call.variables["id"] ?? ""
    let own = try world(call)
    func job(_ world: World) throws(ControlError) -> (Job, World)? {
      try stored { () throws(JobError) in try call.site.jobs.job(Job.Key(world: world.id, id: id), in: world) }
        .map { ($0, world) }
    }
    if let found = try job(own) { return found }
    if call.query("world") == nil {
      var others: [(Job, World)] = []
      for world in call.site.worlds.all { if let found = try job(world) { others.append(found) } }
      if others.count == 1 { return others[0] }
      if others.count > 1 {
        throw ControlError(.conflict, "\(others.count) worlds have a job \(id); say which one with ?world=")
      }
    }
    throw ControlError(
      .notFound, "there is no job \(id); GET /mock/jobs lists them, those of another world with ?world=")
  }

  private static func answer(_ call: ControlCall) throws(ControlError) -> Response {
    let (job, world) = try found(call)
    return Response(json: description(job, world))
  }

  private static func description(_ job: Job, _ world: World) -> JSON {
    var members = job.json(for: world.version).object ?? [:]
    members["world"] = .string(world.id)
    members["task"] = .string(job.task)
    members["submitted"] = .int(job.submitted)
    members["started"] = .optional(job.started, JSON.int)
    members["ended"] = .optional(job.ended, JSON.int)
    return .object(members)
  }

  private static func ended(_ job: Job) -> ControlError {
    ControlError(.conflict, "the job has ended already: it is \(job.status.rawValue)")
  }

  private static func stored<T>(_ body: () throws(JobError) -> T) throws(ControlError) -> T {
    do throws(JobError) { return try body() } catch {
      throw ControlError(.internalServerError, "the jobs can't be read: \(error)")
    }
  }
}
