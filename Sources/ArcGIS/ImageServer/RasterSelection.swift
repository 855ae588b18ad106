import Catalog
import Datasets
import Spatial
import Warp

/// The rasters of a service that a picture is made of, the one on top first (REST API 1.4).
struct RasterSelection {
  /// What is drawn, in drawing priority.
  let sources: [RenderSource]
  /// How overlapping rasters are folded.
  let operation: MosaicOperation

  /// Chooses and orders rasters.
  /// - Parameter time: where the service tells the time of its rasters, those are meant that meet this span.
  /// - Throws: `CatalogError`, and `ArcGISError` for a rule that the service's catalog can't follow.
  init(
    _ rule: MosaicRule, time: TimeSpan? = nil, service: ImageService, view: ImageView, resampling: Resampling,
    site: Site
  ) throws {
    let settings = service.settings
    let method = rule.method ?? settings.defaultMosaicMethod
    let box = view.envelope(in: service.spatialReference)
    // Locked rasters are visible at all cell sizes.
    let cellSize =
      method == .lockRaster
      ? nil : box.map { max($0.width / Double(view.grid.width), $0.height / Double(view.grid.height)) }
    var found = try Self.rasters(
      of: service,
      RasterQuery(
        envelope: box.map { view.widened($0, for: service) },
        condition: try Self.condition(rule.condition, service), objectIds: rule.objectIds,
        cellSize: cellSize, time: time), site: site)
    if found.count > 1 || method == .lockRaster {
      found = MosaicOrder(
        method: method, sortField: rule.sortField ?? settings.sortField,
        sortValue: rule.sortValue ?? settings.sortValue, ascending: rule.ascending ?? settings.sortAscending,
        viewpoint: Self.place(rule.viewpoint, in: service.spatialReference, by: view.datumTransformation),
        lockRasterIds: rule.lockRasterIds ?? []
      ).sort(found, viewCenter: (box ?? service.extent).center, fullExtent: service.extent)
    }
    try view.checkDatumTransformation(of: found.map(\.info.georeference.spatialReference))
    let averaged = resampling == .bilinear || resampling == .cubic
    sources = found.map { raster in Self.source(raster, averaged: averaged, view: view, site: site) }
    operation = rule.operation ?? MosaicOperation(name: settings.mosaicOperator) ?? .first
  }

  private static func rasters(of service: ImageService, _ query: RasterQuery, site: Site) throws -> [CatalogRaster] {
    do {
      return try site.catalog.rasters(of: service, query)
    } catch CatalogError.condition(let reason) {
      throw ArcGISError.invalid(
        ExportParameters.mosaicRule.name, expected: "a condition that can be worked out: \(reason)")
    }
  }

  private static func condition(_ text: String?, _ service: ImageService) throws(ArcGISError) -> WhereClause? {
    guard let text else { return nil }
    do {
      return try WhereClause(parsing: text, fields: service.fields)
    } catch {
      throw .invalid(
        ExportParameters.mosaicRule.name,
        expected: "a condition on the fields of the catalog: \(error.reason), at byte \(error.position)")
    }
  }

  private static func place(
    _ viewpoint: (point: Point, spatialReference: SpatialReference?)?, in reference: SpatialReference,
    by datum: DatumTransformation?
  ) -> Point? {
    guard let viewpoint else { return nil }
    guard let from = viewpoint.spatialReference, !from.isSame(as: reference) else { return viewpoint.point }
    return (try? Transformation.between(from, reference, by: datum))?.transform(viewpoint.point)
  }

  private static func source(_ raster: CatalogRaster, averaged: Bool, view: ImageView, site: Site)
    -> RenderSource
  {
    let native = raster.info.georeference.spatialReference
    let target = view.grid.spatialReference
    // A raster that reaches around much of the Earth, or whose longitudes go on beyond half a turn, may come to lie in two
    // parts, so its corners and edges do not tell where it lies.
    let isWide =
      native.isGeographic
      && (raster.nativeExtent.width > 90 || raster.nativeExtent.reachesBeyondHalfTurn(in: native))
    let envelope =
      native.isSame(as: target)
      ? raster.nativeExtent
      : isWide ? nil : site.projectedExtents.extent(raster.nativeExtent, native, target, by: view.datumTransformation)
    return RenderSource(name: raster.name, envelope: envelope) { () throws(RasterError) in
      try site.rasters.dataset(at: raster.path, averaged: averaged)
    }
  }
}

extension ImageView {
  /// The view in another spatial reference; `nil` when it has no place there, so that nothing is left out.
  func envelope(in reference: SpatialReference) -> Envelope? {
    grid.spatialReference.isSame(as: reference)
      ? grid.envelope
      : try? grid.envelope.projected(from: grid.spatialReference, to: reference, by: datumTransformation)
  }

  /// A box, in the reference of a service, in which to look for rasters.
  fileprivate func widened(_ box: Envelope, for service: ImageService) -> Envelope {
    var box = box
    // What lies beyond half a turn may be seen from the other side.
    if service.extent.reachesBeyondHalfTurn(in: service.spatialReference) {
      box.xmin = min(box.xmin, service.extent.xmin)
      box.xmax = max(box.xmax, service.extent.xmax)
    }
    guard datumTransformation != nil else { return box }
    // The catalog has the places of rasters by the server's own choice of a way. This is enough for all shifts between
    // datums of the Earth, the largest of which are near one kilometre.
    let margin = 5000 / service.spatialReference.metersPerUnit
    return Envelope(xmin: box.xmin - margin, ymin: box.ymin - margin, xmax: box.xmax + margin, ymax: box.ymax + margin)
  }

  /// Refuses a datum transformation that leads nowhere on any of the ways between box, picture and rasters, though there
  /// are different datums among them.
  fileprivate func checkDatumTransformation(of rasters: [SpatialReference]) throws(ArcGISError) {
    guard let datumTransformation else { return }
    let rasters = Set(rasters).map { (from: grid.spatialReference, to: $0) }
    let effects = (ways + rasters).compactMap { try? datumTransformation.effect(from: $0.from, to: $0.to) }
    if effects.contains(.unrelated), !effects.contains(.used) {
      throw .invalid(
        ExportParameters.datumTransformation.name,
        expected: "a transformation between the datums of bboxSR, imageSR and the service's data")
    }
  }
}
