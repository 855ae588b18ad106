import Glibc

/// The files beside a raster's own that tell what its format has no place for: world file, projection, GDAL's and Esri's metadata.
struct SideFiles {
  let layout: RasterLayout
  let format: RasterFormat

  init(_ layout: RasterLayout, format: RasterFormat) {
    self.layout = layout
    self.format = format
  }

  /// Which files a format gets.
  private var kinds: [SideFile] {
    switch format {
    case .tiff: [.metadata(.differingNoData)]
    case .imagine: []
    case .jpeg: [.world("jgw"), .metadata(.everything)]
    case .nitf: [.metadata(.everything)]
    case .bil: [.esriHeader, .projection, .world("blw"), .colors, .metadata(.differingNoData)]
    case .bsq: [.esriHeader, .projection, .world("bqw"), .colors, .metadata(.differingNoData)]
    case .bip: [.esriHeader, .projection, .world("bpw"), .colors, .metadata(.differingNoData)]
    case .envi: [.enviHeader, .metadata(.differingNoData)]
    case .jp2: [.world("j2w"), .metadata(.noData)]
    case .gif: [.world("gfw"), .metadata(.everything)]
    case .bmp: [.world("bpw"), .metadata(.everything)]
    case .png: [.world("pgw"), .metadata(.everything)]
    }
  }

  /// Writes them.
  /// - Returns: their names.
  /// - Throws: `RasterFileError.system`; none of them is left then.
  func write(in folder: String, stem: String, name: String) throws(RasterFileError) -> [String] {
    var written: [String] = []
    do throws(RasterFileError) {
      for kind in kinds {
        guard let (fileName, text) = file(kind, stem: stem, name: name) else { continue }
        let file = try OutputFile(path: "\(folder)/\(fileName)")
        try file.append(Array(text.utf8))
        try file.close()
        written.append(fileName)
      }
    } catch {
      for fileName in written { unlink("\(folder)/\(fileName)") }
      throw error
    }
    return written
  }

  /// The name and text of a file; `nil` when there is nothing to say.
  private func file(_ kind: SideFile, stem: String, name: String) -> (name: String, text: String)? {
    switch kind {
    case .esriHeader: return ("\(stem).hdr", EsriHeader(layout, as: format).text)
    case .enviHeader: return ("\(stem).hdr", ENVIHeader(layout).text)
    case .world(let fileExtension): return ("\(stem).\(fileExtension)", worldFile)
    case .projection: return ("\(stem).prj", layout.georeference.spatialReference.esriWKT + "\n")
    case .colors: return colorFile.map { ("\(stem).clr", $0) }
    case .metadata(let content):
      return AuxiliaryMetadata(layout, content).text.map { ("\(name).aux.xml", $0) }
    }
  }

  /// Pixel size, no rotation, and the centre of the north-western pixel.
  private var worldFile: String {
    let place = layout.georeference
    let numbers = [
      place.pixelWidth, 0, 0, -place.pixelHeight, place.originX + place.pixelWidth / 2,
      place.originY - place.pixelHeight / 2,
    ]
    return numbers.map { "\($0)\n" }.joined()
  }

  /// A value, red, green and blue a line.
  private var colorFile: String? {
    guard layout.bands == 1, let colormap = layout.colormap else { return nil }
    return colormap.enumerated().map { "\($0) \($1.x) \($1.y) \($1.z)\n" }.joined()
  }
}
