/// A bounded dictionary that forgets what was not used for longest.
///
/// Meant for a few hundred entries: to forget one it looks at all of them.
struct RecentCache<Key: Hashable, Value> {
  private var entries: [Key: (value: Value, use: UInt64)] = [:]
  private var clock: UInt64 = 0
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
  }

  subscript(key: Key) -> Value? {
    mutating get {
      guard let index = entries.index(forKey: key) else { return nil }
      clock &+= 1
      entries.values[index].use = clock
      return entries.values[index].value
    }
    set {
      clock &+= 1
      entries[key] = newValue.map { ($0, clock) }
      if entries.count > capacity, let oldest = entries.min(by: { $0.value.use < $1.value.use }) {
        entries[oldest.key] = nil
      }
    }
  }
}

extension RecentCache: Sendable where Key: Sendable, Value: Sendable {}
