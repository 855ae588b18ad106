/// How a job goes through its states, and how it ends: what a test chooses.
public struct JobPolicy: Sendable, Hashable {
  /// What moves a job on.
  public var progression: Progression
  /// How long it is shown as submitted before it goes on, in the units of the progression.
  public var submitted: Double
  /// How long it is shown as waiting; 0 leaves the state out, unless others are before it.
  public var waiting: Double
  /// How long it is shown as executing at least; it also takes as long as the work does.
  public var executing: Double
  /// How it ends.
  public var outcome: Outcome

  /// What moves a job on from one state to the next one.
  public enum Progression: String, Sendable, CaseIterable {
    /// Nothing holds it: it is done when its work is. Whoever asks for its status waits for that.
    case immediate
    /// The world's clock, in seconds.
    case seconds
    /// How often a client has been told the state. Who asks once more waits for the work, if that is still going on.
    case polls
    /// The control API, step by step.
    case manual
  }

  /// How a job ends.
  public enum Outcome: Sendable, Hashable {
    /// As its work does.
    case natural
    /// It fails with a message, whatever its work does.
    case failed(String)
    /// It times out, whatever its work does.
    case timedOut
  }

  /// A policy from its parts.
  public init(
    _ progression: Progression, submitted: Double = 0, waiting: Double = 0, executing: Double = 0,
    outcome: Outcome = .natural
  ) {
    self.progression = progression
    self.submitted = submitted
    self.waiting = waiting
    self.executing = executing
    self.outcome = outcome
  }

  /// What holds where nothing is said: every state can be seen by who asks often, and nobody waits for long.
  public static let standard = JobPolicy(.seconds, submitted: 0.05, executing: 0.1)
  /// How long a state may last, in polls or in seconds.
  public static let units: ClosedRange<Double> = 0...86_400
}
