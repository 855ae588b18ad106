import Pixels

/// The images of a raster: the base, its overviews and the mask of each, from the file itself, its `.ovr` and `.msk`.
struct TIFFPyramid: Sendable {
  /// The base or one overview.
  struct Level: Sendable {
    var image: TIFFImageReader
    var mask: TIFFMask?
  }

  /// The base first, then from fine to coarse.
  private(set) var levels: [Level]
  /// The files that the images are in, the raster's own first.
  let files: [RandomAccessFile]

  /// Bits of NewSubfileType.
  private enum Subfile {
    static let reduced = 1
    static let mask = 4
  }

  init(file: RandomAccessFile) throws(RasterError) {
    let directories = try TIFFContainer(file: file).directories()
    let base = try TIFFImageReader(image: TIFFImage(directories[0]))
    var files = [file]
    var images: [TIFFImageReader] = []
    var masks: [TIFFImageReader] = []
    // What can't be read is left out: a raster without a broken overview is still a raster. A mask is not left out.
    for directory in directories.dropFirst() {
      let kind = try directory.integer(.newSubfileType) ?? 0
      if kind & Subfile.mask != 0 {
        masks.append(try TIFFImageReader(image: TIFFImage(directory)))
      } else if kind & Subfile.reduced != 0, let image = try? TIFFImageReader(image: TIFFImage(directory)) {
        images.append(image)
      }
    }
    for (suffix, isMask) in [(".ovr", false), (".msk", true), (".msk.ovr", true)] {
      guard let beside = try? RandomAccessFile(path: file.path + suffix),
        let directories = try? TIFFContainer(file: beside).directories()
      else { continue }
      files.append(beside)
      for directory in directories {
        let kind = ((try? directory.integer(.newSubfileType)) ?? nil) ?? 0
        guard let image = try? TIFFImageReader(image: TIFFImage(directory)) else { continue }
        if isMask || kind & Subfile.mask != 0 { masks.append(image) } else { images.append(image) }
      }
    }

    func mask(for image: TIFFImageReader) -> TIFFMask? {
      masks.first {
        $0.image.width == image.image.width && $0.image.height == image.image.height
          && TIFFMask.fits($0, bands: base.bands)
      }.map(TIFFMask.init)
    }
    levels = [Level(image: base, mask: mask(for: base))]
    for image in images.sorted(by: { $0.image.width > $1.image.width }) {
      let last = levels[levels.count - 1].image.image
      guard image.bands == base.bands, image.pixelType == base.pixelType,
        (image.image.alpha == nil) == (base.image.alpha == nil),
        image.image.width < last.width || image.image.height < last.height, image.image.width <= last.width,
        image.image.height <= last.height
      else { continue }
      let level = Level(image: image, mask: mask(for: image))
      // An overview that can't tell its holes would show what the mask hides.
      if levels[0].mask == nil || level.mask != nil { levels.append(level) }
    }
    self.files = files
  }
}
