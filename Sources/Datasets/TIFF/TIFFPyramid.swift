import Pixels

/// The images that belong to a raster besides its base: overviews and masks, from the file itself, its `.ovr` and `.msk`.
struct TIFFPyramid: Sendable {
  private var images: [TIFFImageReader] = []
  private var masks: [TIFFImageReader] = []
  /// The files beside the raster that images were found in.
  private(set) var files: [RandomAccessFile] = []

  /// Bits of NewSubfileType.
  private enum Subfile {
    static let reduced = 1
    static let mask = 4
  }

  /// Finds the images inside a TIFF, after its base, and beside it.
  /// - Throws: for a mask inside that can't be read: without it the raster would show what it hides; `exhausted` when too
  ///   many files are open to look beside it. An overview that can't be read is left out.
  init(directories: ArraySlice<TIFFDirectory>, beside path: String) throws(RasterError) {
    for directory in directories {
      let kind = try directory.integer(.newSubfileType) ?? 0
      if kind & Subfile.mask != 0 {
        masks.append(try TIFFImageReader(image: TIFFImage(directory)))
      } else if kind & Subfile.reduced != 0, let image = try? TIFFImageReader(image: TIFFImage(directory)) {
        images.append(image)
      }
    }
    for (suffix, isMask) in [(".ovr", false), (".msk", true), (".msk.ovr", true)] {
      guard let beside = try RandomAccessFile.ifPresent(path + suffix),
        let directories = try? TIFFContainer(file: beside).directories()
      else { continue }
      files.append(beside)
      for directory in directories {
        let kind = ((try? directory.integer(.newSubfileType)) ?? nil) ?? 0
        guard let image = try? TIFFImageReader(image: TIFFImage(directory)) else { continue }
        if isMask || kind & Subfile.mask != 0 { masks.append(image) } else { images.append(image) }
      }
    }
  }

  /// The mask of a base or overview, by its size.
  func mask(width: Int, height: Int, bands: Int) -> TIFFMask? {
    masks.first { $0.image.width == width && $0.image.height == height && TIFFMask.fits($0, bands: bands) }
      .map(TIFFMask.init)
  }

  /// The overviews from fine to coarse.
  /// - Parameters:
  ///   - hasAlpha: whether the base has an alpha channel, which its overviews then have too.
  func overviews(
    ofWidth width: Int, height: Int, bands: Int, pixelType: PixelType, hasAlpha: Bool
  ) -> [TIFFLevel] {
    let isMasked = mask(width: width, height: height, bands: bands) != nil
    var levels: [TIFFLevel] = []
    var (lastWidth, lastHeight) = (width, height)
    for reader in images.sorted(by: { $0.image.width > $1.image.width }) {
      let image = reader.image
      guard reader.bands == bands, reader.pixelType == pixelType, (image.alpha != nil) == hasAlpha,
        image.width < lastWidth || image.height < lastHeight, image.width <= lastWidth, image.height <= lastHeight
      else { continue }
      let level = TIFFLevel(image: reader, mask: mask(width: image.width, height: image.height, bands: bands))
      // An overview that can't tell its holes would show what the mask hides.
      if isMasked, level.mask == nil { continue }
      levels.append(level)
      (lastWidth, lastHeight) = (image.width, image.height)
    }
    return levels
  }
}
