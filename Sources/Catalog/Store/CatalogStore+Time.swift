extension CatalogStore {
  /// The span from the first to the last moment of a service's rasters; `nil` where it tells no time of them.
  /// - Throws: `CatalogError.storage` when SQLite fails.
  public func timeExtent(of service: ImageService) throws(CatalogError) -> TimeSpan? {
    guard service.settings.timeInfo != nil else { return nil }
    if let known = serviceTimes.withLock({ $0[service.id] }) { return known }
    let times = try rasters(of: service).compactMap(\.time)
    let extent = times.dropFirst().reduce(times.first) { extent, time in
      extent.map { min($0.lowerBound, time.lowerBound)...max($0.upperBound, time.upperBound) }
    }
    serviceTimes.withLock { $0[service.id] = .some(extent) }
    return extent
  }
}
