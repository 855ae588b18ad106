/// How overlapping rasters become one picture, sample by sample. Pixels without data take no part.
public enum MosaicOperation: String, Sendable, CaseIterable {
  /// The first raster in drawing priority that holds data.
  case first = "MT_FIRST"
  /// The last raster in drawing priority that holds data.
  case last = "MT_LAST"
  /// The least value.
  case min = "MT_MIN"
  /// The greatest value.
  case max = "MT_MAX"
  /// The mean of all values.
  case mean = "MT_MEAN"
  /// The mean weighted by how far inside its raster each pixel lies, so that no seam is seen: the weight is the distance
  /// to the raster's nearest edge as a share of half its shorter side, and falls to nothing at the edge.
  case blend = "MT_BLEND"
  /// The sum of all values, held at the ends of the pixel type.
  case sum = "MT_SUM"
}
