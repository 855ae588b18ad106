/// Statistics of rasters, for all of them or for each group that shares the values of some fields (REST API 1.10,
/// `groupByFieldsForStatistics`).
public struct RasterSummary: Sendable {
  /// The fields that rasters of a group share.
  public let groupFields: [CatalogField]
  /// What is worked out for each group.
  public let statistics: [FieldStatistic]

  /// A summary from its parts.
  public init(groupFields: [CatalogField], statistics: [FieldStatistic]) {
    self.groupFields = groupFields
    self.statistics = statistics
  }

  /// The columns of the rows: the fields of the groups, then the statistics.
  public var columns: [CatalogField] { groupFields + statistics.map(\.column) }

  /// A row a group in the order of the groups' values. Without fields to group by all rasters are one group, be it of
  /// none.
  public func rows(of rasters: [CatalogRaster]) -> [[FieldValue]] {
    guard !groupFields.isEmpty else { return [row([], rasters)] }
    var groups: [[FieldValue]: [CatalogRaster]] = [:]
    for raster in rasters { groups[groupFields.map { raster.value(of: $0.name) }, default: []].append(raster) }
    let order = RowOrder(ascending: groupFields.map { _ in true })
    return order.sort(Array(groups)) { $0.key }.map { row($0.key, $0.value) }
  }

  private func row(_ group: [FieldValue], _ rasters: [CatalogRaster]) -> [FieldValue] {
    group + statistics.map { statistic in statistic.value(of: rasters.map { $0.value(of: statistic.source.name) }) }
  }
}
