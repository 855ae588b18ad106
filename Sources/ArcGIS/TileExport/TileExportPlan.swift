import Jobs
import Spatial
import Tiles

/// What tiles an export is asked for, read from the inputs of its job.
struct TileExportPlan {
  /// The levels, in rising order.
  let levels: [Int]
  /// The tiles.
  let area: ExportArea
  /// How many cells they are, be there data or not.
  let count: Int
  /// Whether nobody wants it any more.
  private let isCancelled: @Sendable () -> Bool

  /// What a service has to export.
  struct Offer {
    /// How the plane is cut.
    var scheme: TilingScheme
    /// The levels that have tiles.
    var levels: ClosedRange<Int>
    /// Where there are tiles, in the scheme's spatial reference.
    var extent: Envelope
    /// The spatial reference of the service, which is meant where a request tells none.
    var reference: SpatialReference
    /// Whether all levels are meant where a request names none.
    var impliesAllLevels: Bool
  }

  /// Tiles that are made for an estimate.
  private static let sampleSize = 64

  /// - Throws: `JobFailure` for what can't be exported, `CancellationError`.
  init(_ job: Job, of offer: Offer, isCancelled: @escaping @Sendable () -> Bool) throws {
    let inputs = TileExportInputs(job)
    let asked = try inputs.value(.levels, as: .levels)
    guard asked != nil || offer.impliesAllLevels else {
      throw JobFailure("ERROR 000735: levels: a value is required.")
    }
    do throws(RequestedLevels.Problem) {
      levels =
        try asked?.resolve(as: inputs.options.exportBy, in: offer.scheme, among: offer.levels)
        ?? offer.scheme.levels.map(\.level).filter(offer.levels.contains)
    } catch {
      throw TileExportFailure.levels(error)
    }
    let extent = try inputs.value(.exportExtent, as: .exportExtent) ?? .full
    let polygons = try inputs.value(.areaOfInterest, as: .area)
    do throws(ExportArea.Problem) {
      area = try ExportArea(
        extent: extent, area: polygons, full: offer.extent, scheme: offer.scheme, reference: offer.reference)
    } catch {
      throw TileExportFailure.nothing(error.reason)
    }
    var count = 0
    for level in levels {
      count += area.coverage.count(of: level, isCancelled: isCancelled)
      if isCancelled() { throw CancellationError() }
    }
    guard count > 0 else { throw TileExportFailure.nothing("the area meets no tile of the levels") }
    self.count = count
    self.isCancelled = isCancelled
  }

  /// Makes sure that there are no more tiles than a service gives.
  /// - Parameter service: its name with its type, as messages have it: `Folder/Name:ImageServer`.
  func check(limit: Int, service: String) throws(JobFailure) {
    guard count <= limit else { throw TileExportFailure.tooMany(count, limit: limit, service: service) }
  }

  /// How many bytes the tiles have in a cache, as some here and there tell.
  /// - Parameters:
  ///   - bundleBytes: what a bundle has besides its tiles.
  ///   - make: makes a tile; `nil` where it has no data.
  func estimatedBytes(bundleBytes: Int, _ make: (TileAddress) throws -> [UInt8]?) throws -> Int {
    var bytes = 0.0
    for level in levels {
      let all = area.coverage.count(of: level, isCancelled: isCancelled)
      let samples = area.coverage.samples(of: level, most: max(4, Self.sampleSize / levels.count))
      guard !samples.isEmpty else { continue }
      var sum = 0
      for tile in samples {
        if isCancelled() { throw CancellationError() }
        // Every tile has its size before it in a bundle.
        if let made = try make(tile) { sum += made.count + 4 }
      }
      bytes += Double(sum) / Double(samples.count) * Double(all)
      // No more bundles than tiles, nor than lie around them.
      let range = area.coverage.range(of: level)
      let around = Self.bundles(range.rows) * Self.bundles(range.columns)
      if sum > 0 { bytes += Double(bundleBytes) * Double(min(around, all)) }
    }
    return Int(min(bytes, 1e18))
  }

  /// How many bundles lie along some rows or columns.
  private static func bundles(_ range: Range<Int>) -> Int {
    let size = TileStorage.packetSize
    return range.isEmpty ? 0 : (range.upperBound - 1) / size - range.lowerBound / size + 1
  }
}
