import Datasets
import Pixels

/// Measures the bands of a raster.
enum RasterMeasurement {
  /// The measurement of each band; `nil` for a band without data. Samples that are not finite count as no data.
  /// - Throws: `RasterError` when the file is damaged.
  static func measure(_ dataset: any RasterDataset) throws(RasterError) -> [BandMeasurement?] {
    let info = dataset.info
    let plan = SamplePlan(for: info)
    if info.pixelType.bits <= 16 { return try tables(dataset, plan).map(\.measurement) }
    let spreads = try spreads(dataset, plan)
    var histograms = spreads.map { HistogramCounter(min: $0.min, max: $0.max) }
    try forEachBlock(of: dataset, plan) { block in
      for band in histograms.indices { block.forEachValue(of: band) { histograms[band].add($0) } }
    }
    return zip(spreads, histograms).map { spread, histogram in
      spread.statistics.map { BandMeasurement(statistics: $0, histogram: histogram.histogram) }
    }
  }

  /// For short integers: how often each value comes, from which all else follows exactly.
  private static func tables(_ dataset: any RasterDataset, _ plan: SamplePlan) throws(RasterError) -> [ValueTable] {
    var tables = [ValueTable](repeating: ValueTable(dataset.info.pixelType), count: dataset.info.bands)
    try forEachBlock(of: dataset, plan) { block in
      for band in tables.indices { block.forEachValue(of: band) { tables[band].add($0) } }
    }
    return tables
  }

  private static func spreads(_ dataset: any RasterDataset, _ plan: SamplePlan) throws(RasterError) -> [Spread] {
    var spreads = [Spread](repeating: Spread(), count: dataset.info.bands)
    try forEachBlock(of: dataset, plan) { block in
      for band in spreads.indices {
        var part = Spread()
        block.forEachValue(of: band) { part.add($0) }
        spreads[band].merge(part)
      }
    }
    return spreads
  }

  private static func forEachBlock(
    of dataset: any RasterDataset, _ plan: SamplePlan, _ body: (PixelBlock) -> Void
  ) throws(RasterError) {
    for block in plan.blocks {
      body(try dataset.readBlock(level: plan.level, column: block.column, row: block.row))
    }
  }
}

extension PixelBlock {
  /// Calls `body` with every finite value of a band that holds data.
  fileprivate func forEachValue(of band: Int, _ body: (Double) -> Void) {
    guard validity != .none, band < bands else { return }
    pixelType.withSampleType { type in forEachValue(of: band, as: type, body) }
  }

  private func forEachValue<T: Sample>(of band: Int, as type: T.Type, _ body: (Double) -> Void) {
    withSamples(as: type) { samples in
      for pixel in 0..<(width * height) {
        let place = pixel * bands + band
        switch validity {
        case .all: break
        case .none: return
        case .pixels(let mask): if mask[pixel] == 0 { continue }
        case .samples(let mask): if mask[place] == 0 { continue }
        }
        let value = samples[place].asDouble
        if value.isFinite { body(value) }
      }
    }
  }
}
