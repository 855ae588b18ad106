/// Where a job stands, under the names of the REST API (2.5).
public enum JobStatus: String, CaseIterable, Sendable {
  case new = "esriJobNew"
  case submitted = "esriJobSubmitted"
  case waiting = "esriJobWaiting"
  case executing = "esriJobExecuting"
  case succeeded = "esriJobSucceeded"
  case failed = "esriJobFailed"
  case timedOut = "esriJobTimedOut"
  case cancelling = "esriJobCancelling"
  case cancelled = "esriJobCancelled"
  case deleting = "esriJobDeleting"
  case deleted = "esriJobDeleted"

  /// Whether the job has come to an end: nothing but its removal follows.
  public var isFinal: Bool {
    switch self {
    case .succeeded, .failed, .timedOut, .cancelled, .deleted: true
    case .new, .submitted, .waiting, .executing, .cancelling, .deleting: false
    }
  }

  /// The states that may follow. What is not here can't happen.
  public var successors: Set<JobStatus> {
    switch self {
    case .new: [.submitted]
    case .submitted: [.waiting, .executing, .failed, .timedOut, .cancelling, .deleting]
    case .waiting: [.executing, .failed, .timedOut, .cancelling, .deleting, .submitted]
    // Back to submitted: the server was killed meanwhile, and the job begins anew.
    case .executing: [.succeeded, .failed, .timedOut, .cancelling, .deleting, .submitted]
    case .cancelling: [.cancelled, .deleting]
    case .succeeded, .failed, .timedOut, .cancelled: [.deleting]
    case .deleting: [.deleted]
    case .deleted: []
    }
  }
}
