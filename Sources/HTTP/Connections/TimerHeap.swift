/// What is to happen later, soonest first.
struct TimerHeap {
  enum Action {
    case run(@Sendable () -> Void)
    /// Pull a streamed body again.
    case pull(Ticket)
    case resumeAccepting
  }

  private struct Entry {
    let due: Tick
    /// Timers that are due at the same time go off in the order they were set.
    let order: UInt64
    let action: Action

    func isBefore(_ other: Entry) -> Bool { due == other.due ? order < other.order : due < other.due }
  }

  private var entries: [Entry] = []
  private var nextOrder: UInt64 = 0

  /// When the next timer goes off.
  var due: Tick { entries.first?.due ?? .never }

  mutating func add(_ action: Action, due: Tick) {
    entries.append(Entry(due: due, order: nextOrder, action: action))
    nextOrder += 1
    var child = entries.count - 1
    while child > 0, entries[child].isBefore(entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the next timer that is due.
  mutating func popDue(_ now: Tick) -> Action? {
    guard let first = entries.first, first.due <= now else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].isBefore(entries[least]) { least = child }
      }
      if least == parent { return first.action }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
