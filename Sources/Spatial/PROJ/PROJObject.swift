import CPROJ

/// A coordinate reference system, a datum or a coordinate operation as PROJ holds it.
struct PROJObject: ~Copyable {
  let handle: OpaquePointer
  let context: PROJContext

  /// Takes over a handle that PROJ has just made; `nil` when it made none.
  init?(_ handle: OpaquePointer?, in context: PROJContext) {
    guard let handle else { return nil }
    self.handle = handle
    self.context = context
  }

  deinit {
    proj_destroy(handle)
  }

  /// A coordinate reference system of PROJ's database.
  init?(authority: String, code: Int, in context: PROJContext) {
    self.init(
      proj_create_from_database(context.handle, authority, String(code), PJ_CATEGORY_CRS, 0, nil), in: context)
  }

  /// A coordinate reference system from WKT 1 (OGC or Esri) or WKT 2.
  init?(wkt: String, in context: PROJContext) {
    var warnings: PROJ_STRING_LIST?
    var errors: PROJ_STRING_LIST?
    let handle = proj_create_from_wkt(context.handle, wkt, nil, &warnings, &errors)
    proj_string_list_destroy(warnings)
    proj_string_list_destroy(errors)
    self.init(handle, in: context)
  }

  /// A coordinate operation.
  init?(_ definition: DatumTransformation.Definition, in context: PROJContext) {
    switch definition {
    case .code(let authority, let code):
      // The database names grids as their makers do; PROJ's own names are those of the files.
      self.init(
        proj_create_from_database(
          context.handle, authority, String(code), PJ_CATEGORY_COORDINATE_OPERATION, 1, nil), in: context)
    case .text(let wkt): self.init(wkt: wkt, in: context)
    }
  }

  /// What `SpatialReference.definition` says: `EPSG:3857`, `ESRI:102009` or WKT.
  init?(definition: String, in context: PROJContext) {
    self.init(proj_create(context.handle, definition), in: context)
  }

  var type: PJ_TYPE { proj_get_type(handle) }
  var isGeographic: Bool { type == PJ_TYPE_GEOGRAPHIC_2D_CRS }
  var isBound: Bool { type == PJ_TYPE_BOUND_CRS }
  /// Whether this is a two-dimensional system on the ground and nothing else.
  var isMap: Bool { isGeographic || type == PJ_TYPE_PROJECTED_CRS }

  /// The two-dimensional system on the ground that this one is made of: the horizontal part of a compound one, a geographic
  /// one without heights, a bound one without its shift to WGS 84. `nil` for all that is no map.
  func horizontal() -> PROJObject? {
    switch type {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS: return PROJObject(proj_clone(context.handle, handle), in: context)
    case PJ_TYPE_PROJECTED_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS:
      return PROJObject(proj_crs_demote_to_2D(context.handle, nil, handle), in: context)
    case PJ_TYPE_COMPOUND_CRS:
      guard let part = PROJObject(proj_crs_get_sub_crs(context.handle, handle, 0), in: context) else { return nil }
      return part.horizontal()
    case PJ_TYPE_BOUND_CRS:
      guard let base = PROJObject(proj_get_source_crs(context.handle, handle), in: context) else { return nil }
      return base.horizontal()
    default: return nil
    }
  }

  /// The code of an authority that means just this system: the one it bears, if it isn't lying, else one that PROJ finds.
  func code(of authority: String) -> Int? {
    if let name = proj_get_id_auth_name(handle, 0), String(cString: name) == authority,
      let text = proj_get_id_code(handle, 0), let code = Int(String(cString: text)),
      let known = PROJObject(authority: authority, code: code, in: context), isEquivalent(to: known)
    {
      return code
    }
    var confidences: UnsafeMutablePointer<Int32>?
    guard let found = proj_identify(context.handle, handle, authority, nil, &confidences) else { return nil }
    defer {
      proj_int_list_destroy(confidences)
      proj_list_destroy(found)
    }
    // From 90 on PROJ calls the definitions the same and at most the names different.
    guard proj_list_get_count(found) > 0, let confidences, confidences[0] >= 90,
      let best = PROJObject(proj_list_get(context.handle, found, 0), in: context), isEquivalent(to: best),
      let text = proj_get_id_code(best.handle, 0)
    else { return nil }
    return Int(String(cString: text))
  }

  /// Whether both systems give the same coordinates, the order of their axes left aside.
  func isEquivalent(to other: borrowing PROJObject) -> Bool {
    guard let mine = PROJObject(proj_normalize_for_visualization(context.handle, handle), in: context),
      let theirs = PROJObject(proj_normalize_for_visualization(context.handle, other.handle), in: context)
    else { return false }
    return proj_is_equivalent_to_with_ctx(context.handle, mine.handle, theirs.handle, PJ_COMP_EQUIVALENT) != 0
  }

  /// The definition as text; `nil` where the form can't say it.
  func wkt(_ form: PJ_WKT_TYPE) -> String? {
    guard let text = proj_as_wkt(context.handle, handle, form, nil) else { return nil }
    return String(cString: text)
  }

  /// The definition as GDAL writes it: on one line, with the order of the axes. `nil` where WKT 1 can't say it.
  var wkt1: String? {
    "MULTILINE=NO".withCString { line in
      "OUTPUT_AXIS=YES".withCString { axes in
        let text = [line, axes, nil].withUnsafeBufferPointer {
          proj_as_wkt(context.handle, handle, PJ_WKT1_GDAL, $0.baseAddress)
        }
        return text.map { String(cString: $0) }
      }
    }
  }

  /// What one unit of the coordinates is: metres for lengths, radians for angles.
  var unitSize: Double? {
    guard let system = PROJObject(proj_crs_get_coordinate_system(context.handle, handle), in: context) else {
      return nil
    }
    var size = 0.0
    guard proj_cs_get_axis_info(context.handle, system.handle, 0, nil, nil, nil, &size, nil, nil, nil) != 0 else {
      return nil
    }
    return size
  }

  /// Half the longest diameter of the ellipsoid in metres.
  var semiMajorAxis: Double? {
    guard let ellipsoid = PROJObject(proj_get_ellipsoid(context.handle, handle), in: context) else { return nil }
    var size = 0.0
    guard proj_ellipsoid_get_parameters(context.handle, ellipsoid.handle, &size, nil, nil, nil) != 0 else { return nil }
    return size
  }
}
