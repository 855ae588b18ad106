import Pixels

/// Decodes single tiles of colours, for those who compress them anew.
public enum TilePicture {
  /// The red, green and blue of a PNG or JPEG tile.
  /// - Returns: `nil` for what is no picture of that size.
  public static func decode(_ tile: [UInt8], width: Int, height: Int) -> PixelBlock? {
    PictureTileDecoder(compression: "", width: width, height: height).decode(tile)
  }
}
