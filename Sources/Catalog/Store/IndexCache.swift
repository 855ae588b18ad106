/// The indexes of the services that were asked for last, bounded by the number of their rasters.
struct IndexCache {
  private let limit: Int
  private var entries: [(service: Int64, index: RasterIndex)] = []

  /// - Parameter limit: rasters of all indexes together.
  init(limit: Int) { self.limit = limit }

  /// The index of a service, which becomes the latest one.
  mutating func index(of service: Int64) -> RasterIndex? {
    guard let position = entries.lastIndex(where: { $0.service == service }) else { return nil }
    let entry = entries.remove(at: position)
    entries.append(entry)
    return entry.index
  }

  /// Keeps an index as the latest one, and lets the oldest go until the rest fits.
  mutating func keep(_ index: RasterIndex, of service: Int64) {
    entries.removeAll { $0.service == service }
    entries.append((service, index))
    var total = entries.reduce(0) { $0 + $1.index.rasters.count }
    while total > limit, entries.count > 1 { total -= entries.removeFirst().index.rasters.count }
  }
}
