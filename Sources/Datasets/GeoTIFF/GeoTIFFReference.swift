import Spatial

extension Georeference {
  /// The georeference of a TIFF: its GeoTIFF fields, else the files beside it.
  static func find(in directory: TIFFDirectory, sidecars: Sidecars) throws(RasterError) -> Georeference {
    let name = directory.container.file.name
    guard let scale = try directory.doubles(.modelPixelScale), scale.count >= 2,
      let tie = try directory.doubles(.modelTiepoint), tie.count >= 6
    else { throw .unsupported("\(name) has no georeference: add a world file beside it") }
    let keys = try directory.integers(.geoKeyDirectory) ?? []
    var code: Int?
    for at in stride(from: 4, to: keys.count - 3, by: 4) where keys[at] == 3072 || (keys[at] == 2048 && code == nil) {
      code = keys[at + 3]
    }
    guard let code else { throw .unsupported("\(name) has no spatial reference: add a .prj") }
    let reference: SpatialReference
    do { reference = try SpatialReference(wkid: code) } catch {
      throw .unsupported("\(name) has a spatial reference that is not known: \(error)")
    }
    return Georeference(
      originX: tie[3] - tie[0] * scale[0], originY: tie[4] + tie[1] * scale[1], pixelWidth: scale[0],
      pixelHeight: scale[1], spatialReference: reference)
  }
}
