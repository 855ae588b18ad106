import Spatial

extension Georeference {
  /// The georeference of a TIFF. As in GDAL an `.aux.xml` goes before the fields inside, those before a world file.
  static func find(in image: TIFFImage, sidecars: Sidecars) throws(RasterError) -> Georeference {
    let directory = image.directory
    let name = directory.container.file.name
    let keys = try GeoKeys(directory)
    let transform =
      if let given = sidecars.transform { given } else {
        try AffineTransform(directory, keys: keys) ?? sidecars.worldFile
      }
    let inside = sidecars.spatialReference == nil ? try GeoKeyReference(keys: keys, name: name).find() : nil
    return try Georeference(
      transform: transform, width: image.width, height: image.height, inside: inside, sidecars: sidecars, name: name)
  }

  /// A georeference from its two halves.
  /// - Parameters:
  ///   - width: columns of the raster.
  ///   - height: rows of the raster.
  ///   - inside: the spatial reference that the raster itself gives.
  ///   - name: the file's, for messages.
  /// - Throws: `unsupported` when a half is missing or the raster doesn't lie north up; `damaged` for edges that are not
  ///   finite, or pixels too small to tell one from the next.
  init(
    transform: AffineTransform?, width: Int, height: Int, inside: SpatialReference?, sidecars: Sidecars, name: String
  ) throws(RasterError) {
    guard let transform else {
      throw .unsupported("\(name) has no georeference: add a world file beside it, and a .prj")
    }
    guard transform.isFinite else { throw .damaged("\(name) has a georeference that is not finite") }
    guard abs(transform.xByRow) <= 1e-9 * abs(transform.xByColumn),
      abs(transform.yByColumn) <= 1e-9 * abs(transform.yByRow)
    else { throw .unsupported("\(name) is rotated: warp it north up, for example with gdalwarp") }
    guard transform.xByColumn > 0, transform.yByRow < 0 else {
      throw .unsupported("\(name) does not lie north up: warp it, for example with gdalwarp")
    }
    let reference: SpatialReference
    if let inside {
      reference = inside
    } else if let text = sidecars.spatialReference ?? sidecars.projectionFile {
      do { reference = try SpatialReference(wkt: text) } catch {
        throw .unsupported("\(name) has a spatial reference beside it that can't be used: \(error.reason)")
      }
    } else {
      throw .unsupported("\(name) has no spatial reference: add a .prj beside it")
    }
    self.init(
      originX: transform.x, originY: transform.y, pixelWidth: transform.xByColumn, pixelHeight: -transform.yByRow,
      spatialReference: reference)
    let envelope = envelope(width: width, height: height)
    guard envelope.width.isFinite, envelope.height.isFinite else {
      throw .damaged("\(name) has a georeference whose edges are not finite")
    }
    guard originX + pixelWidth > originX, originY - pixelHeight < originY else {
      throw .damaged("\(name) has a georeference of pixels too small for their place")
    }
  }
}

extension AffineTransform {
  /// What the GeoTIFF fields say; `nil` when they say nothing.
  /// - Throws: `unsupported` for ground control points only.
  init?(_ directory: TIFFDirectory, keys: GeoKeys) throws(RasterError) {
    let ties = try directory.doubles(.modelTiepoint) ?? []
    if let scale = try directory.doubles(.modelPixelScale), scale.count >= 2, scale[0] != 0, scale[1] != 0,
      ties.count >= 6
    {
      let height = -abs(scale[1])
      self.init(
        x: ties[3] - ties[0] * scale[0], xByColumn: scale[0], xByRow: 0, y: ties[4] - ties[1] * height, yByColumn: 0,
        yByRow: height)
    } else if let matrix = try directory.doubles(.modelTransformation), matrix.count >= 16 {
      self.init(
        x: matrix[3], xByColumn: matrix[0], xByRow: matrix[1], y: matrix[7], yByColumn: matrix[4], yByRow: matrix[5])
    } else if ties.count >= 6 {
      throw .unsupported(
        "\(directory.container.file.name) has only ground control points: warp it, for example with gdalwarp")
    } else {
      return nil
    }
    // PixelIsPoint: the coordinates are those of the pixel's middle.
    if keys.code(.rasterType) == 2 {
      x -= 0.5 * (xByColumn + xByRow)
      y -= 0.5 * (yByColumn + yByRow)
    }
  }
}
