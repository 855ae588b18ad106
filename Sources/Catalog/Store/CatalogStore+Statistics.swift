import Datasets
import Spatial

extension CatalogStore {
  /// How many rasters of a mosaic are measured for the statistics of the whole, spread evenly over its object ids.
  static let measuredRasters = 32

  /// What is measured of a raster's bands; `nil` for a band without data. Measured when first asked for, exactly for
  /// rasters of up to 4 million pixels and from a sample of larger ones, and kept.
  /// - Throws: `CatalogError.raster` when pixels can't be read, `.storage` when SQLite fails.
  public func measurements(of raster: CatalogRaster) throws(CatalogError) -> [BandMeasurement?] {
    let key = raster.key
    let known = try CatalogDatabase.read(database) { db in try BandRecord.fetch(db, raster: key) }
    if let known { return known }
    let measured: [BandMeasurement?]
    do {
      measured = try RasterMeasurement.measure(RasterFile.open(raster.path))
    } catch {
      throw CatalogError.raster(path: raster.path, reason: error.reason)
    }
    try CatalogDatabase.write(database) { db in try BandRecord.write(measured, raster: key, in: db) }
    return measured
  }

  /// The statistics of a service's bands; `nil` for a band without data. Those of a mosaic are put together from its
  /// rasters, weighed by their pixels; of many rasters 32 stand for all. Rasters that can't be read count as none.
  /// - Throws: `CatalogError.storage` when SQLite fails.
  public func statistics(of service: ImageService) throws(CatalogError) -> [BandStatistics?] {
    if let known = serviceStatistics.withLock({ $0[service.id] }) { return known }
    var spreads = [Spread](repeating: Spread(), count: service.bandCount)
    for (weight, bands) in try sample(of: service) {
      for (band, measured) in bands.enumerated() {
        guard let measured, band < spreads.count else { continue }
        spreads[band].merge(Spread(measured.statistics, weight: weight))
      }
    }
    let statistics = spreads.map(\.statistics)
    serviceStatistics.withLock { $0[service.id] = statistics }
    return statistics
  }

  /// The histograms of a service's bands; `nil` for a band without data. Those of a mosaic are put together from the
  /// rasters that its statistics are made of: a bin's samples are counted where the middle of the bin falls.
  /// - Throws: `CatalogError.storage` when SQLite fails.
  public func histograms(of service: ImageService) throws(CatalogError) -> [BandHistogram?] {
    let sample = try sample(of: service)
    return (0..<service.bandCount).map { band in
      let parts = sample.compactMap { $0.bands.indices.contains(band) ? $0.bands[band]?.histogram : nil }
      guard let first = parts.first else { return nil }
      guard parts.count > 1 else { return first }
      var sum = HistogramCounter(
        min: parts.reduce(first.min) { Swift.min($0, $1.min) }, max: parts.reduce(first.max) { Swift.max($0, $1.max) })
      for part in parts {
        for (bin, count) in part.counts.enumerated() {
          // Between the edges rather than from one on: the width of the whole may be no finite number.
          let share = (Double(bin) + 0.5) / Double(part.counts.count)
          sum.add(part.min * (1 - share) + part.max * share, times: count)
        }
      }
      return sum.histogram
    }
  }

  /// What is measured of the rasters that stand for a service, with the weight of each.
  private func sample(of service: ImageService) throws(CatalogError) -> [(weight: Double, bands: [BandMeasurement?])] {
    let rasters = try rasters(of: service)
    let count = min(rasters.count, Self.measuredRasters)
    var sample: [(weight: Double, bands: [BandMeasurement?])] = []
    for index in 0..<count {
      let raster = rasters[(2 * index + 1) * rasters.count / (2 * count)]
      do {
        sample.append((raster.info.pixelCount, try measurements(of: raster)))
      } catch .raster {
        continue
      }
    }
    return sample
  }
}
