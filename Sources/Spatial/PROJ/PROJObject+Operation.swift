import CPROJ

/// What is asked of coordinate operations.
extension PROJObject {
  /// Whether this is a system of coordinates on the ground without a projection: longitudes and latitudes, or geocentric.
  var isGeodetic: Bool {
    [PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS, PJ_TYPE_GEOCENTRIC_CRS, PJ_TYPE_GEODETIC_CRS].contains(type)
  }

  /// The system that an operation begins with.
  func source() -> PROJObject? { PROJObject(proj_get_source_crs(context.handle, handle), in: context) }

  /// The system that an operation ends with.
  func target() -> PROJObject? { PROJObject(proj_get_target_crs(context.handle, handle), in: context) }

  /// The datum of a system; of an ensemble of datums the one that stands for all.
  func datum() -> PROJObject? {
    guard let base = PROJObject(proj_crs_get_geodetic_crs(context.handle, handle), in: context) else { return nil }
    return PROJObject(proj_crs_get_datum_forced(context.handle, base.handle), in: context)
  }

  /// Whether two datums are one, names in Esri's manner aside.
  func isEquivalent(toDatum other: borrowing PROJObject) -> Bool {
    proj_is_equivalent_to_with_ctx(context.handle, handle, other.handle, PJ_COMP_EQUIVALENT) != 0
  }

  /// Whether PROJ can carry an operation out with what is installed.
  var isInstantiable: Bool { proj_coordoperation_is_instantiable(context.handle, handle) != 0 }

  /// The files that an operation needs and that are not installed.
  var missingGrids: [String] {
    (0..<max(0, proj_coordoperation_get_grid_used_count(context.handle, handle))).compactMap { index in
      var name: UnsafePointer<CChar>?
      var isAvailable: Int32 = 0
      guard
        proj_coordoperation_get_grid_used(
          context.handle, handle, index, &name, nil, nil, nil, nil, nil, &isAvailable) != 0,
        isAvailable == 0, let name
      else { return nil }
      return String(cString: name)
    }
  }
}
