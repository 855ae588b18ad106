import Catalog
import Spatial
import Warp

/// What part of the world a picture shows, in how many pixels (REST API 1.3.2).
struct ImageView: Sendable {
  /// The pixels to fill: the envelope is what is really drawn, after growing to square pixels.
  let grid: TargetGrid
  /// The way between the datums of box, picture and rasters; the server's own choice without it.
  let datumTransformation: DatumTransformation?
  /// The ways on which the box was taken, from one reference to another.
  let ways: [(from: SpatialReference, to: SpatialReference)]
  /// The box as it was asked for, in the spatial reference of the service; `nil` when it has no place there.
  private let asked: Envelope?

  /// A view from what a request says.
  /// - Parameters:
  ///   - sent: the box; its own spatial reference goes before `boxReference`.
  ///   - boxReference: that of the box; the service's without it.
  ///   - reference: that of the picture; the service's without it.
  ///   - datumTransformation: the way between datums, where it fits.
  /// - Throws: `ArcGISError` for a picture above the service's limits, and a box that has no place in the picture's
  ///   reference.
  init(
    _ sent: SentEnvelope, boxReference: SpatialReference?, reference: SpatialReference?,
    datumTransformation: DatumTransformation? = nil, size: PictureSize, square: Bool, of service: ImageService
  ) throws(ArcGISError) {
    let limits = service.settings
    guard size.width <= limits.maxImageWidth, size.height <= limits.maxImageHeight else {
      throw .sizeLimit(maxWidth: limits.maxImageWidth, maxHeight: limits.maxImageHeight)
    }
    let from = sent.spatialReference ?? boxReference ?? service.spatialReference
    let to = reference ?? service.spatialReference
    self.datumTransformation = datumTransformation
    ways = [(from, to), (from, service.spatialReference), (to, service.spatialReference)]
    asked =
      from.isSame(as: service.spatialReference)
      ? sent.envelope
      : try? sent.envelope.projected(from: from, to: service.spatialReference, by: datumTransformation)
    let box: Envelope
    do {
      box =
        from.isSame(as: to)
        ? sent.envelope : try sent.envelope.projected(from: from, to: to, by: datumTransformation)
    } catch {
      throw .invalid("bbox", expected: "a box that has a place in the spatial reference of the picture")
    }
    guard box.isFinite, box.width > 0, box.height > 0 else {
      throw .invalid("bbox", expected: "a box with an area in the spatial reference of the picture")
    }
    grid = TargetGrid(
      width: size.width, height: size.height,
      envelope: square ? box.fitted(toWidth: size.width, height: size.height) : box, spatialReference: to)
  }

  /// A view of pixels that are known already.
  init(grid: TargetGrid) {
    self.grid = grid
    datumTransformation = nil
    ways = []
    asked = nil
  }

  /// Whether the box that was asked for lies within the extent of the service; growing to square pixels does not count.
  func asksForNoMore(than service: ImageService) -> Bool {
    guard let asked else { return false }
    let slack = 1e-9 * max(service.extent.width, service.extent.height)
    return Envelope(
      xmin: service.extent.xmin - slack, ymin: service.extent.ymin - slack, xmax: service.extent.xmax + slack,
      ymax: service.extent.ymax + slack
    ).contains(asked)
  }
}
