import JSONValue
import Jobs
import Worlds

/// The resources of the jobs of one asynchronous operation: status, inputs, results, cancel and delete (REST API 2.5 to
/// 2.7). The same below every operation that submits jobs.
struct JobResources {
  /// Where they stand below the service: `DownloadRaster/jobs`.
  let path: String
  /// Under which resource the path stands.
  let scope: Operation.Scope
  /// The release that brought them.
  let since: ServerVersion
  /// What identifiers end with; addresses may leave it out.
  var suffix = ""
  /// What is told of a job that is told of in a manner of its own.
  var description: @Sendable (Job, Call) -> JSON? = { _, _ in nil }
  /// Whether a job is one of those that they show.
  let shows: @Sendable (Job, Call) -> Bool

  private static let returnMessages = Parameter(
    "returnMessages", title: "Return Messages", .flag, default: true, defaultText: "true",
    "Whether the messages of the job are told.")

  /// The operations.
  var operations: [Operation] {
    [
      Operation(
        "\(path)/{jobId}", title: "Job", "How far a job has come.", scope: scope, since: since,
        parameters: [Self.returnMessages], weight: .heavy,
        awaiting: key
      ) { call in
        guard let job = try call.site.jobs.poll(key(call), in: call.world), shows(job, call) else { throw Self.unknown }
        let json =
          try description(job, call) ?? job.json(withMessages: call.value(Self.returnMessages), for: call.version)
        return .json(json, page: page(of: job, call))
      },
      resource("results/{name}", "Result", "A value that a job has made.") { job, call in
        guard job.status == .succeeded else {
          throw ArcGISError(
            code: 400, message: "Unable to complete operation.",
            details: ["The job is \(job.status.rawValue): it has results when it is esriJobSucceeded."])
        }
        return .json(try Self.value(job.results, call))
      },
      resource("inputs/{name}", "Input", "A value that a job was given.") { job, call in
        .json(try Self.value(job.inputs, call))
      },
      resource("results", "Results", "The values that a job has made.") { job, call in
        .json(Self.all(job.results, call))
      },
      resource("inputs", "Inputs", "The values that a job was given.") { job, call in
        .json(Self.all(job.inputs, call))
      },
      resource("cancel", "Cancel Job", "Stops a job that has not come to its end.") { job, call in
        guard let job = try call.site.jobs.cancel(job.key, in: call.world) else { throw Self.unknown }
        return .json(["jobId": .string(job.key.id), "jobStatus": .string(job.status.rawValue)])
      },
      resource("delete", "Delete Job", "Removes a job and its results.") { job, call in
        guard let job = try call.site.jobs.delete(job.key, in: call.world) else { throw Self.unknown }
        return .json(["jobId": .string(job.key.id), "jobStatus": .string(JobStatus.deleted.rawValue)])
      },
    ]
  }

  private func key(_ call: Call) -> Job.Key {
    let id = call.variable("jobId")
    // One of another manner has no such end.
    let isWhole = id.hasSuffix(suffix) || !id.hasPrefix("j")
    return Job.Key(world: call.world.id, id: isWhole ? id : id + suffix)
  }

  /// What a client is told of a job that is not there, or not any more.
  static let unknown = ArcGISError(
    code: 400, message: "Unable to complete operation.", details: ["Unable to get job status."],
    hint: "there is no such job in this world: it was deleted, its time is over, or it never was")

  private func resource(
    _ end: String, _ title: String, _ summary: String, run: @escaping @Sendable (Job, Call) throws -> Answer
  ) -> Operation {
    Operation(
      "\(path)/{jobId}/\(end)", title: title, summary, scope: scope, since: since,
      weight: .heavy
    ) { call in
      guard let job = try call.site.jobs.job(key(call), in: call.world), shows(job, call) else { throw Self.unknown }
      return try run(job, call)
    }
  }

  /// The value of a name, whatever its case: servers have written both.
  private static func value(_ values: [JobValue], _ call: Call) throws(ArcGISError) -> JSON {
    let name = call.variable("name")
    let values = values.filter(\.isTold)
    let found = values.first { $0.name == name } ?? values.first { $0.name.lowercased() == name.lowercased() }
    guard let found else {
      throw .invalid(name, expected: "one of " + values.map(\.name).joined(separator: ", "))
    }
    return found.json(directories: call.address.directories)
  }

  private static func all(_ values: [JobValue], _ call: Call) -> JSON {
    .object(JSONObject(values.filter(\.isTold).map { ($0.name, $0.json(directories: call.address.directories)) }))
  }

  private func page(of job: Job, _ call: Call) -> PageContent {
    let base = "\(call.servicePath)/\(call.operation.path.path(call.variables))"
    func links(_ values: [JobValue], _ folder: String) -> [PageContent.Link] {
      values.filter(\.isTold).map {
        PageContent.Link(text: $0.name, address: "\(base)/\(folder)/\(percentEncoded($0.name))")
      }
    }
    var lists = [PageContent.LinkList(heading: "Inputs", links: links(job.inputs, "inputs"))]
    if !job.results.isEmpty {
      lists.insert(PageContent.LinkList(heading: "Results", links: links(job.results, "results")), at: 0)
    }
    let cancel = PageContent.Link(text: "Cancel Job", address: "\(base)/cancel")
    let delete = PageContent.Link(text: "Delete Job", address: "\(base)/delete")
    lists.append(
      PageContent.LinkList(
        heading: "Supported Operations", links: job.status.isFinal ? [delete] : [cancel, delete]))
    return PageContent(
      lists: lists,
      tables: [
        PageContent.Table(
          columns: ["Job Status", job.status.rawValue],
          rows: job.messages.map { [PageContent.Cell(text: $0.kind.rawValue), PageContent.Cell(text: $0.text)] })
      ], showsMembers: false)
  }
}

extension Call {
  /// Takes a job on for the client.
  /// - Returns: what it is told (REST API 2.3): the job's identifier; a browser is led to the job's page.
  func submit(
    _ task: String, service: String, inputs: [JobValue], suffix: String = "", page: (Job) -> String
  ) throws -> Answer {
    let job = try take(task, service: service, inputs: inputs) { "j\($0.hexadecimal(32))\(suffix)" }
    if format == .html { return .redirect(page(job)) }
    return .json(["jobId": .string(job.key.id), "jobStatus": .string(job.status.rawValue)])
  }

  /// Takes a job on.
  /// - Throws: `ArcGISError` where there are too many, the world is gone, or the job can't be stored.
  func take(
    _ task: String, service: String, inputs: [JobValue], identifier: @Sendable (Identifiers) -> String
  ) throws(ArcGISError) -> Job {
    do throws(JobError) {
      return try site.jobs.submit(
        task, service: service, origin: address.origin, inputs: inputs, world: world, identifier: identifier)
    } catch {
      switch error {
      case .tooMany(let limit):
        throw ArcGISError(
          code: 503, message: "Service unavailable", status: 503,
          hint: "\(limit) jobs are on their way: let them end, cancel them, or reset the world")
      case .worldIsGone: throw ArcGISError(code: 404, message: "World not found", status: 404)
      case .storage(let reason), .damaged(let reason):
        throw ArcGISError(
          code: 500, message: "Unable to complete operation.", details: ["The job could not be stored."], hint: reason)
      }
    }
  }
}
