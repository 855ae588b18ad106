import Catalog

/// The columns of a `query`'s answer: fields of rasters, or statistics of them (REST API 1.10).
struct QueryColumns {
  /// The columns, in their order.
  let columns: [CatalogField]
  /// The order of the rows.
  let order: RowOrder
  private let summary: RasterSummary?
  private let isDistinct: Bool
  /// The names of what rows are ordered by; of columns for statistics, else of fields of the service.
  private let orderNames: [String]

  /// Reads which columns are asked for.
  /// - Throws: `ArcGISError` for fields that are not there, and statistics that a field can't have.
  init(_ call: Call, of service: ImageService) throws(ArcGISError) {
    summary = try Self.summary(call, of: service)
    isDistinct = summary == nil && call[QueryParameters.returnDistinctValues] == true
    let sentOrder = call[QueryParameters.orderByFields] ?? []
    order = RowOrder(ascending: sentOrder.map(\.ascending))
    if let summary {
      columns = summary.columns
    } else {
      let list = call[QueryParameters.outFields] ?? "OBJECTID,Name"
      columns =
        list == "*" ? service.attributeFields : try service.fields(named: list, parameter: "outFields")
    }
    let sortable = summary == nil ? service.attributeFields : columns
    var names: [String] = []
    for sent in sentOrder {
      guard let field = sortable.first(where: { $0.name.lowercased() == sent.name.lowercased() }) else {
        throw .invalid(
          "orderByFields",
          expected:
            "\(summary == nil ? "fields of the catalog" : "columns of the statistics"); there is no \(sent.name)")
      }
      names.append(field.name)
    }
    orderNames = names
  }

  /// Whether each row is a raster: statistics and distinct values belong to many.
  var areOfRasters: Bool { summary == nil && !isDistinct }

  /// Whether the order is one of rasters, rather than of statistics.
  var sortsRasters: Bool { summary == nil && !orderNames.isEmpty }

  /// What a raster is ordered by.
  func keys(of raster: CatalogRaster) -> [FieldValue] { orderNames.map(raster.value(of:)) }

  /// How many rows there are of rasters.
  func rowCount(of rasters: [CatalogRaster]) -> Int { areOfRasters ? rasters.count : rows(of: rasters).count }

  /// The rows of rasters, which are in their order already.
  func rows(of rasters: [CatalogRaster]) -> [FeatureTable.Row] {
    if let summary {
      let places = orderNames.compactMap { name in columns.firstIndex { $0.name == name } }
      let rows = summary.rows(of: rasters)
      return order.sort(rows) { row in places.map { row[$0] } }.map { FeatureTable.Row(values: $0) }
    }
    let rows = rasters.map { raster in
      FeatureTable.Row(values: columns.map { raster.value(of: $0.name) }, raster: isDistinct ? nil : raster)
    }
    guard isDistinct else { return rows }
    var seen: Set<[FieldValue]> = []
    return rows.filter { seen.insert($0.values).inserted }
  }

  private static func summary(_ call: Call, of service: ImageService) throws(ArcGISError) -> RasterSummary? {
    let list = call[QueryParameters.groupByFields]
    guard let sent = call[QueryParameters.outStatistics] else {
      if list != nil { throw .invalid("outStatistics", expected: "statistics beside groupByFieldsForStatistics") }
      return nil
    }
    let groups = try list.map { text throws(ArcGISError) in
      try service.fields(named: text, parameter: "groupByFieldsForStatistics")
    }
    var statistics: [FieldStatistic] = []
    for one in sent {
      guard let field = service.field(one.field), one.kind.fits(field) else {
        throw .invalid(
          "outStatistics", expected: "a field of the catalog that has a \(one.kind.rawValue); \(one.field) has none")
      }
      statistics.append(
        FieldStatistic(one.kind, of: field, name: one.name ?? "\(one.kind.rawValue.uppercased())_\(field.name)"))
    }
    let summary = RasterSummary(groupFields: groups ?? [], statistics: statistics)
    guard Set(summary.columns.map { $0.name.lowercased() }).count == summary.columns.count else {
      throw .invalid("outStatistics", expected: "names of columns that differ")
    }
    return summary
  }
}
