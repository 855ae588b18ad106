/// What the jobs of one kind do.
public struct JobTask: Sendable {
  /// The name by which jobs refer to it, also after a restart.
  public let name: String
  /// How its messages call it.
  public let title: String
  /// Does the work, on a thread that may be taken up as long as it takes. Asked to stop, it ends within 100 ms.
  /// - Throws: `JobFailure` for what the client has to know; any other error fails the job in general words.
  public let run: @Sendable (JobContext) throws -> [JobValue]

  /// A task by its name.
  public init(_ name: String, title: String, run: @escaping @Sendable (JobContext) throws -> [JobValue]) {
    self.name = name
    self.title = title
    self.run = run
  }
}
