/// How the value of a target pixel is made from source pixels around the place where its centre falls.
///
/// A kernel is applied to the pixels of the level that is read (`LevelChoice`); it is never widened. Source pixels
/// without data are left out and the weights of the others renormalised, so that no data never bleeds. A target pixel
/// whose centre falls beside the raster holds no data, nor does, majority excepted, one whose centre falls into a source
/// pixel without data: the outline of a raster is the same for nearest, bilinear and cubic, as it is with gdalwarp.
public enum Resampling: String, Sendable, CaseIterable {
  /// The pixel that the centre falls into.
  case nearest = "RSP_NearestNeighbor"
  /// Linear between the four pixels whose centres surround the place.
  case bilinear = "RSP_BilinearInterpolation"
  /// Cubic convolution (a = -0.5) over four by four pixels; bilinear where one of the sixteen is missing.
  case cubic = "RSP_CubicConvolution"
  /// The most frequent value among the pixels that the target pixel touches; of equally frequent ones the first that
  /// reaches the count, from the north-west row by row.
  case majority = "RSP_Majority"
}
