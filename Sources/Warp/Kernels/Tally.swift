/// Counts values, and knows the one that was first to reach the greatest count.
struct Tally<T: Hashable> {
  private var values: [T] = []
  private var counts: [Int] = []
  private var places: [T: Int] = [:]
  private var best = 0

  /// Values that are looked for one after the other; beyond them a table is quicker.
  private static var listed: Int { 24 }

  /// The most frequent value; `nil` when nothing was counted.
  var winner: T? { values.isEmpty ? nil : values[best] }

  mutating func reset() {
    values.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    if !places.isEmpty { places.removeAll(keepingCapacity: true) }
    best = 0
  }

  mutating func add(_ value: T) {
    let place = place(of: value)
    counts[place] += 1
    if counts[place] > counts[best] { best = place }
  }

  private mutating func place(of value: T) -> Int {
    for index in 0..<min(values.count, Self.listed) where values[index] == value { return index }
    if values.count >= Self.listed {
      if let place = places[value] { return place }
      places[value] = values.count
    }
    values.append(value)
    counts.append(0)
    return values.count - 1
  }
}
