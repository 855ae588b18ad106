import Locking

/// The right to answer one request, once, from any thread.
///
/// A responder that is dropped without an answer answers 500, so that no client waits for what never comes.
public struct Responder: Sendable {
  private let completion: Completion
  private let change: (@Sendable (Response) -> Response)?

  init(context: WorkContext, deliver: @escaping @Sendable (Reply) -> Void, schedule: @escaping Schedule) {
    completion = Completion(context: context, deliver: deliver, schedule: schedule)
    change = nil
  }

  private init(completion: Completion, change: @escaping @Sendable (Response) -> Response) {
    self.completion = completion
    self.change = change
  }

  /// Whether the answer is no longer wanted.
  public var isCancelled: Bool { completion.context.isCancelled }

  /// Answers. Only the first answer counts.
  public func complete(_ response: Response) { complete(with: .now(response)) }

  /// Answers by another reply, as work that begins only now. Only the first answer counts.
  public func complete(with reply: Reply) {
    completion.deliver(change.map { reply.map($0) } ?? reply)
  }

  /// Runs a light closure on the server's loop after some time. No thread waits meanwhile.
  public func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) {
    completion.schedule(delay, action)
  }

  func map(_ next: @escaping @Sendable (Response) -> Response) -> Responder {
    guard let change else { return Responder(completion: completion, change: next) }
    return Responder(completion: completion) { next(change($0)) }
  }

  typealias Schedule = @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

  private final class Completion: Sendable {
    let context: WorkContext
    let schedule: Schedule
    private let pending: Locked<(@Sendable (Reply) -> Void)?>

    init(context: WorkContext, deliver: @escaping @Sendable (Reply) -> Void, schedule: @escaping Schedule) {
      self.context = context
      self.schedule = schedule
      pending = Locked(deliver)
    }

    func deliver(_ reply: Reply) {
      let once = pending.withLock { value in
        defer { value = nil }
        return value
      }
      once?(reply)
    }

    deinit {
      deliver(.now(.text("The server dropped this request.\n", .internalServerError)))
    }
  }
}
