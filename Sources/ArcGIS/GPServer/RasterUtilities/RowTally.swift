import Locking

/// Counts rows that several threads have done, and tells every full percent once.
final class RowTally: Sendable {
  private let rows: Int
  private let tell: @Sendable (_ percent: Int) -> Void
  private let done = Locked((rows: 0, percent: 0))

  /// A tally of so many rows.
  init(rows: Int, tell: @escaping @Sendable (_ percent: Int) -> Void) {
    self.rows = max(1, rows)
    self.tell = tell
  }

  /// Some more rows are done.
  func count(_ more: Int) {
    // Told under the lock, so that no smaller percent comes after a greater one.
    done.withLock { done in
      done.rows += more
      let percent = min(100, done.rows * 100 / rows)
      guard percent > done.percent else { return }
      done.percent = percent
      tell(percent)
    }
  }
}
