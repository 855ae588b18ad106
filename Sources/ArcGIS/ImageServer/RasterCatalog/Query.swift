import Catalog
import JSONValue
import Spatial
import Worlds

/// `…/ImageServer/query`: the rasters of a mosaic for which conditions hold (REST API 1.10).
enum Query {
  static let operation = Operation(
    "query", title: "Query", "Finds rasters of the catalog.", scope: .imageService, capability: "Catalog",
    available: { $0.kind == .mosaicDataset }, since: ServerVersion(10, 0),
    formats: [.html, .json, .pjson, .geojson, .kmz],
    parameters: [
      QueryParameters.condition, QueryParameters.objectIds, RequestedTime.parameter, QueryParameters.geometry,
      QueryParameters.geometryType, QueryParameters.inSR, QueryParameters.spatialRel, QueryParameters.relationParam,
      QueryParameters.outFields, QueryParameters.returnGeometry, QueryParameters.outSR, QueryParameters.returnIdsOnly,
      QueryParameters.returnCountOnly, QueryParameters.returnExtentOnly, QueryParameters.pixelSize,
      QueryParameters.orderByFields, QueryParameters.groupByFields, QueryParameters.outStatistics,
      QueryParameters.returnDistinctValues, QueryParameters.resultOffset, QueryParameters.resultRecordCount,
      QueryParameters.geometryPrecision, QueryParameters.maxAllowableOffset, QueryParameters.returnTrueCurves,
      QueryParameters.multidimensionalDefinition, QueryParameters.rasterQuery,
    ],
    form: true, weight: .heavy, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    let idsOnly = call[QueryParameters.returnIdsOnly] == true
    if idsOnly && call[QueryParameters.objectIds] != nil {
      throw ArcGISError.invalid("objectIds", expected: "none beside returnIdsOnly=true")
    }
    // Read before the catalog is asked, so that what is wrong is told whatever is found.
    let columns = try QueryColumns(call, of: service)
    let found = try CatalogSelection(call, of: service).rasters
    let rasters = columns.sortsRasters ? columns.order.sort(found, by: columns.keys) : found
    if idsOnly {
      return .json([
        "objectIdFieldName": "OBJECTID", "objectIds": .array(rasters.map { .int(Int($0.objectId)) }),
      ])
    }
    let countOnly = call[QueryParameters.returnCountOnly] == true
    if call[QueryParameters.returnExtentOnly] == true {
      var members: JSONObject = ["extent": extent(of: rasters, service, call)]
      if countOnly { members["count"] = .int(columns.rowCount(of: rasters)) }
      return .json(.object(members))
    }
    if countOnly { return .json(["count": .int(columns.rowCount(of: rasters))]) }
    return answer(page(of: rasters, columns, service, call), service, call)
  }

  /// Rows in the form that was asked for.
  static func answer(_ table: FeatureTable, _ service: ImageService, _ call: Call) -> Answer {
    switch call.format {
    case .geojson: .json(table.geoJSON)
    case .kmz:
      .bytes(
        FootprintKMZ(table: table, name: service.name).archive(), type: KML.archiveType, name: "\(service.name).kmz")
    default: .json(table.json(for: call.version), page: table.page(below: call.servicePath))
    }
  }

  /// The rows that one answer takes.
  private static func page(
    of rasters: [CatalogRaster], _ columns: QueryColumns, _ service: ImageService, _ call: Call
  ) -> FeatureTable {
    let offset = call[QueryParameters.resultOffset] ?? 0
    let limit = min(call[QueryParameters.resultRecordCount] ?? .max, service.settings.maxRecordCount)
    func cut<Row>(_ rows: [Row]) -> [Row] { Array(rows.dropFirst(offset).prefix(limit)) }
    // Of ten thousand rasters no more rows are made than are answered.
    let summarized = columns.areOfRasters ? nil : columns.rows(of: rasters)
    let rows = summarized.map(cut) ?? columns.rows(of: cut(rasters))
    let isWorldWide = call.format == .geojson || call.format == .kmz
    let showsShapes =
      columns.areOfRasters && (call[QueryParameters.returnGeometry] == true || call.format == .kmz)
    return FeatureTable(
      columns: columns.columns, rows: rows,
      shape: showsShapes
        ? FootprintShape(
          source: service.spatialReference,
          target: isWorldWide ? .wgs84 : call[QueryParameters.outSR] ?? service.spatialReference,
          tolerance: call[QueryParameters.maxAllowableOffset], digits: call[QueryParameters.geometryPrecision]) : nil,
      isCut: (summarized?.count ?? rasters.count) - offset > limit, isOfRasters: columns.areOfRasters)
  }

  /// The envelope around footprints, of `"NaN"` where there is none.
  private static func extent(of rasters: [CatalogRaster], _ service: ImageService, _ call: Call) -> JSON {
    let reference = call[QueryParameters.outSR] ?? service.spatialReference
    let empty = Envelope(xmin: .nan, ymin: .nan, xmax: .nan, ymax: .nan)
    guard let first = rasters.first else { return empty.json(in: reference, for: call.version) }
    let extent = rasters.dropFirst().reduce(first.footprint) { $0.union($1.footprint) }
    let placed = try? extent.projected(from: service.spatialReference, to: reference)
    return (placed ?? empty).json(in: reference, for: call.version)
  }
}
