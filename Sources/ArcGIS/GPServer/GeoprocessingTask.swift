import JSONValue
import Jobs
import Worlds

/// A geoprocessing task, declared once. From it follow its page, the operation that submits a job with its form, the
/// reading of its inputs, and the resources of its jobs (REST API 2.2 to 2.7).
struct GeoprocessingTask: Sendable {
  /// The name in addresses.
  let name: String
  /// One line for the documentation.
  let summary: String
  /// The release that brought it.
  let since: ServerVersion
  /// What it is given and what it makes.
  let parameters: [GPParameter]
  /// Does the work.
  let run: @Sendable (TaskCall) throws -> [JobValue]

  /// What a task is given.
  struct TaskCall: Sendable {
    /// What all requests share.
    let site: Site
    /// The job.
    let job: JobContext
    /// The inputs that were given, by parameter.
    let inputs: [String: JSON]
  }

  /// The options that every submission has besides the task's own parameters. They concern features, which no task here
  /// makes: they change nothing.
  private static let options: [any ParameterDeclaration] = [
    Parameter(
      "env:outSR", title: "Output Spatial Reference", .text, defaultText: "none",
      "That of features in results."),
    Parameter(
      "env:processSR", title: "Process Spatial Reference", .text, defaultText: "none",
      "That in which features are processed."),
    Parameter("returnZ", title: "Return Z", .text, defaultText: "false", "Whether features have a third ordinate."),
    Parameter("returnM", title: "Return M", .text, defaultText: "false", "Whether features have measures."),
    Parameter(
      "returnTrueCurves", title: "Return True Curves", .text, defaultText: "false", since: ServerVersion(10, 5),
      "Whether features keep their curves."),
    Parameter(
      "returnFeatureCollection", title: "Return Feature Collection", .text, defaultText: "false",
      since: ServerVersion(10, 6),
      "Whether features come with their layer."),
    Parameter(
      "returnColumnName", title: "Return Column Name", .text, defaultText: "false", since: ServerVersion(11, 0),
      "Whether rows of value tables name their columns."),
    Parameter(
      "simplifyFeatures", title: "Simplify Features", .text, defaultText: "false", since: ServerVersion(11, 4),
      "Whether features are made simple."),
  ]

  /// The operations of the task.
  /// - Parameter service: the service that it belongs to.
  func operations(of service: GeoprocessingService) -> [Operation] {
    let inputs = parameters.filter { !$0.isOutput }
    let submitted = inputs.map(\.submitted)
    let jobName = service.jobName(of: self)
    return [
      Operation(
        "\(name)", title: name, summary, scope: service.scope, since: since, weight: .light,
        stable: true, run: page),
      Operation(
        "\(name)/submitJob", title: "Submit Job", "Starts a job of \(name).", scope: service.scope, since: since,
        parameters: submitted + Self.options, weight: .heavy
      ) { call in
        let values = zip(inputs, submitted).map { input, parameter in
          let text = call[parameter] ?? ""
          return JobValue(input.name, dataType: input.type.name, input.type.value(of: text) ?? .string(text))
        }
        return try call.submit(jobName, service: service.identifier.jobOwner, inputs: values) { job in
          "\(call.serviceAddress)/\(name)/jobs/\(job.key.id)"
        }
      },
      Operation(
        "\(name)/execute", title: "Execute Task", "Answered as by a task that works in the background.",
        scope: service.scope, since: since, parameters: submitted + Self.options, weight: .light
      ) { _ in
        throw ArcGISError(
          code: 400, message: "Unable to complete operation.", details: ["The task \(name) is asynchronous."],
          hint: "\(name) is asynchronous: use submitJob")
      },
      Operation(
        "\(name)/metadata", title: "Metadata", "The documentation of the task.", scope: service.scope,
        since: max(since, ServerVersion(10, 9, 1)), formats: [], weight: .light
      ) { _ in .bytes(Array(metadata.utf8), type: "text/xml;charset=UTF-8") },
    ]
      + JobResources(path: "\(name)/jobs", scope: service.scope, since: since) { job, _ in job.task == jobName }
      .operations
  }

  /// What the engine does for a job of the task.
  func jobTask(of service: GeoprocessingService, site: @escaping @Sendable () -> Site?) -> JobTask {
    JobTask(service.jobName(of: self), title: name) { context in
      guard let site = site() else { throw JobFailure("The server is stopping.") }
      return try run(TaskCall(site: site, job: context, inputs: try inputs(of: context)))
    }
  }

  /// - Throws: `JobFailure` for a value that is not of its parameter's type.
  private func inputs(of context: JobContext) throws(JobFailure) -> [String: JSON] {
    var inputs: [String: JSON] = [:]
    for parameter in parameters where !parameter.isOutput {
      guard let value = context.input(parameter.name), value != "" else { continue }
      if parameter.type != .string, case .string(let text) = value, parameter.type.value(of: text) != value {
        throw JobFailure("ERROR 000622: \(parameter.name): the value is no \(parameter.type.name).")
      }
      inputs[parameter.name] = value
    }
    return inputs
  }

  private func page(_ call: Call) -> Answer {
    let base = "\(call.servicePath)/\(name)"
    return .json(
      [
        "name": .string(name), "displayName": .string(name), "description": .string(summary), "category": "",
        "helpUrl": .string("\(call.serviceAddress)/\(name)"), "executionType": "esriExecutionTypeAsynchronous",
        "parameters": .array(parameters.map { $0.json(for: call.version) }),
      ],
      page: PageContent(
        lists: [
          PageContent.LinkList(
            heading: "Supported Operations", links: [.init(text: "Submit Job", address: "\(base)/submitJob")]),
          PageContent.LinkList(
            heading: "Child Resources",
            links: call.version < ServerVersion(10, 9, 1) ? [] : [.init(text: "Metadata", address: "\(base)/metadata")]),
        ], tables: parameterTables, showsMembers: false))
  }

  /// What the page tells of each parameter, in the words of a real server's (REST API 4.12).
  private var parameterTables: [PageContent.Table] {
    parameters.map { parameter in
      PageContent.Table(
        columns: ["Parameter: \(parameter.name)", ""],
        rows: [
          ["Data Type:", parameter.type.name],
          ["Direction:", "esriGPParameterDirection\(parameter.isOutput ? "Output" : "Input")"],
          ["Parameter Type:", parameter.kind.rawValue], ["Description:", parameter.summary],
        ].map { $0.map { PageContent.Cell(text: $0) } })
    }
  }

  private var metadata: String {
    let inputs = parameters.map { parameter in
      "<param name=\"\(parameter.name)\" datatype=\"\(parameter.type.name)\"><dialogReference>"
        + "\(escapedMarkup(parameter.summary))</dialogReference></param>"
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata xml:lang=\"en\"><tool name=\"\(name)\">"
      + "<summary>\(escapedMarkup(summary))</summary><parameters>\(inputs.joined())</parameters></tool></metadata>\n"
  }
}
