extension CatalogStore {
  /// The path of a file of a raster, its own or one beside it.
  /// - Parameter name: the file's name.
  /// - Returns: `nil` where the raster has no such file, where it is not there any more, and where it has become a link out
  ///   of the data folder since the catalog was made.
  public func path(ofFile name: String, of raster: CatalogRaster) throws(CatalogError) -> String? {
    guard raster.files.contains(where: { $0.name == name }), let slash = raster.path.lastIndex(of: "/") else {
      return nil
    }
    guard let path = CanonicalPath.of("\(raster.path[...slash])\(name)"),
      path.hasPrefix(dataFolder + "/") || dataFolder == "/"
    else {
      return nil
    }
    return path
  }

  /// The path of a file of any raster of a service.
  public func path(ofFile name: String, of service: ImageService) throws(CatalogError) -> String? {
    for raster in try rasters(of: service) where raster.files.contains(where: { $0.name == name }) {
      return try path(ofFile: name, of: raster)
    }
    return nil
  }
}
