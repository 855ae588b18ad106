/// Counts values, and knows the one that was first to reach the greatest count.
struct Tally<T: Hashable> {
  private var values: [T]
  private var counts: [Int]
  private var used = 0
  private var places: [T: Int] = [:]
  private var best = 0

  /// Values that are looked for one after the other; beyond them a table is quicker.
  private static var listed: Int { 24 }

  /// An empty tally; `filler` is any value.
  init(filler: T) {
    values = [T](repeating: filler, count: Self.listed)
    counts = [Int](repeating: 0, count: Self.listed)
  }

  /// The most frequent value; `nil` when nothing was counted.
  var winner: T? { used == 0 ? nil : values[best] }

  mutating func reset() {
    used = 0
    best = 0
    if !places.isEmpty { places.removeAll(keepingCapacity: true) }
  }

  @inline(__always)
  mutating func add(_ value: T) {
    let place = place(of: value)
    counts[place] += 1
    if counts[place] > counts[best] { best = place }
  }

  @inline(__always)
  private mutating func place(of value: T) -> Int {
    for index in 0..<min(used, Self.listed) where values[index] == value { return index }
    if used < Self.listed {
      values[used] = value
      counts[used] = 0
      used += 1
      return used - 1
    }
    return laterPlace(of: value)
  }

  private mutating func laterPlace(of value: T) -> Int {
    if let place = places[value] { return place }
    places[value] = used
    if used == values.count {
      values.append(value)
      counts.append(0)
    } else {
      values[used] = value
      counts[used] = 0
    }
    used += 1
    return used - 1
  }
}
