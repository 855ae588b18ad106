import CPROJ

extension DatumTransformation {
  /// Finds out which transformation is meant, and whether PROJ can carry it out.
  static func resolve(wkid: Int) throws(SpatialError) -> Definition {
    let context = PROJThread.current.context
    for authority in ["EPSG", "ESRI"] where wkid > 0 {
      let definition = Definition.code(authority: authority, wkid)
      guard let operation = PROJObject(definition, in: context) else { continue }
      try check(operation, asked: "\(wkid)")
      return definition
    }
    throw .unknown("\(wkid) is not the code of a known geographic transformation.")
  }

  static func resolve(wkt: String) throws(SpatialError) -> Definition {
    let context = PROJThread.current.context
    switch GeographicTransformationText.read(wkt) {
    case .code(let authority, let code):
      // What the text says beyond the code, PROJ has no words for.
      let definition = Definition.code(authority: authority, code)
      guard let operation = PROJObject(definition, in: context) else {
        throw .unknown("\(authority):\(code) is not the code of a known geographic transformation.")
      }
      try check(operation, asked: "\(authority):\(code)")
      return definition
    case .text(let text):
      // A pipeline within the text could name any file.
      guard let operation = PROJObject(wkt: text, in: context), !text.lowercased().contains("proj-based") else {
        throw .unknown("The well-known text of the transformation can't be read.")
      }
      try check(operation, asked: "The well-known text")
      return .text(text)
    case nil:
      throw .unknown("The text of the transformation is not one that can be read: a GEOGTRAN or a COORDINATEOPERATION.")
    }
  }

  private static func check(_ operation: borrowing PROJObject, asked: String) throws(SpatialError) {
    guard [PJ_TYPE_TRANSFORMATION, PJ_TYPE_CONCATENATED_OPERATION].contains(operation.type),
      let source = operation.source(), let target = operation.target(), source.isGeodetic, target.isGeodetic
    else { throw .unknown("\(asked) is not a transformation between datums.") }
    guard operation.isInstantiable else {
      let grids = operation.missingGrids.joined(separator: ", ")
      throw .unusable(
        grids.isEmpty
          ? "\(asked) is a transformation by a method that is not supported."
          : "\(asked) needs a grid that is not installed here: \(grids).")
    }
  }
}
