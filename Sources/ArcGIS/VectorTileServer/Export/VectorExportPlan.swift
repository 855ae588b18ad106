import Jobs
import Spatial
import Tiles

/// What tiles an export of a vector tile service is asked for, read from the inputs of its job.
struct VectorExportPlan {
  /// The levels, in rising order.
  let levels: [Int]
  /// The tiles.
  let area: ExportArea
  /// How many cells they are, be there data or not.
  let count: Int

  /// - Throws: `JobFailure` for what can't be exported.
  init(_ job: Job, tiles: any VectorTileSource) throws(JobFailure) {
    let inputs = TileExportInputs(job)
    let asked = try inputs.value(.levels, as: .levels)
    do throws(RequestedLevels.Problem) {
      levels =
        try asked?.resolve(as: inputs.options.exportBy, in: tiles.scheme, among: tiles.levels)
        ?? tiles.scheme.levels.map(\.level).filter(tiles.levels.contains)
    } catch {
      throw TileExportFailure.levels(error)
    }
    let extent = try inputs.value(.exportExtent, as: .exportExtent) ?? .full
    let polygons = try inputs.value(.areaOfInterest, as: .area)
    do throws(ExportArea.Problem) {
      area = try ExportArea(
        extent: extent, area: polygons, full: tiles.extent, scheme: tiles.scheme,
        reference: tiles.scheme.spatialReference)
    } catch {
      throw TileExportFailure.nothing(error.reason)
    }
    let coverage = area.coverage
    count = levels.reduce(0) { $0 + coverage.count(of: $1) }
  }
}
