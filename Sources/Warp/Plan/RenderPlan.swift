import Pixels
import Spatial

/// What to draw: pure values, so that the same plan over the same rasters gives the same bytes.
public struct RenderPlan: Sendable {
  /// The pixels to fill.
  public var grid: TargetGrid
  /// The rasters in drawing priority: the first one is on top.
  public var sources: [RenderSource]
  /// How pixels between pixels are made. The indices of a palette are never interpolated: nearest stands in for
  /// bilinear and cubic.
  public var resampling: Resampling
  /// How overlapping rasters are folded.
  public var operation: MosaicOperation
  /// The bands to draw, counted from 0; `nil` for the first `bands` of each raster.
  ///
  /// A raster of one band stands for every band asked for (grey stays grey among colours), one with a palette gives its
  /// colours where three bands are drawn. Else a band that a raster lacks holds no data there.
  public var bandIds: [Int]?
  /// The picture that `grid` is a part of, where it is drawn in parts: all of them read the same levels then.
  public var whole: TargetGrid?
  /// The way between the datums of the picture and of its rasters; PROJ's own choice without it.
  public var datumTransformation: DatumTransformation?
  /// Source pixels that count as holding no data, besides those that the rasters themselves declare.
  public var noData: NoDataRule?
  /// The type of the result's samples. Values beyond its range are held at its ends.
  public var pixelType: PixelType
  /// Samples a pixel of the result; the count of `bandIds` when there are some.
  public var bands: Int

  /// A plan from its parts.
  /// - Precondition: `bands` is positive and the count of `bandIds`.
  public init(
    grid: TargetGrid, sources: [RenderSource], resampling: Resampling = .nearest, operation: MosaicOperation = .first,
    bandIds: [Int]? = nil, datumTransformation: DatumTransformation? = nil, noData: NoDataRule? = nil,
    pixelType: PixelType, bands: Int
  ) {
    precondition(bands > 0 && bandIds.map { $0.count == bands } != false, "a plan draws as many bands as it names")
    precondition(grid.width > 0 && grid.height > 0, "a picture has pixels")
    self.grid = grid
    self.sources = sources
    self.resampling = resampling
    self.operation = operation
    self.bandIds = bandIds
    self.datumTransformation = datumTransformation
    self.noData = noData
    self.pixelType = pixelType
    self.bands = bands
  }
}
