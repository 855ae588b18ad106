import Spatial

/// The GeoTIFF keys of a place (OGC 19-008r4).
///
/// A spatial reference with an EPSG code is written as that code. Another one has no standard form that carries every
/// projection; it is written as Esri does, "ESRI PE String = " and the definition in the citation of a user-defined
/// model, which GDAL and Esri's clients read.
package struct GeoKeys {
  private enum Key: UInt16 {
    case modelType = 1024
    case rasterType = 1025
    case geographicType = 2048
    case projectedType = 3072
    case projectedCitation = 3073
  }

  private static let projectedModel: UInt16 = 1
  private static let geographicModel: UInt16 = 2
  private static let userDefinedModel: UInt16 = 32767
  private static let pixelIsArea: UInt16 = 1

  private let georeference: Georeference

  /// The keys of a place.
  package init(_ georeference: Georeference) { self.georeference = georeference }

  /// Writes them, the pixel size and the upper left corner into a directory.
  package func write(to directory: inout TIFFDirectory, width: Int, height: Int) {
    let envelope = georeference.envelope
    directory.set(
      .modelPixelScale, doubles: [envelope.width / Double(width), envelope.height / Double(height), 0])
    directory.set(.modelTiepoint, doubles: [0, 0, 0, envelope.xmin, envelope.ymax, 0])
    let reference = georeference.spatialReference
    guard let code = Self.code(of: reference) else {
      let citation = "ESRI PE String = \(reference.esriWKT)|"
      directory.set(.geoAsciiParams, text: citation)
      // The key refers to the text by its length and its place in GeoAsciiParams.
      let text = (tag: TIFFDirectory.Tag.geoAsciiParams.rawValue, length: UInt16(clamping: citation.utf8.count))
      write(
        [
          [Key.modelType.rawValue, 0, 1, Self.userDefinedModel],
          [Key.rasterType.rawValue, 0, 1, Self.pixelIsArea],
          [Key.projectedCitation.rawValue, text.tag, text.length, 0],
        ], to: &directory)
      return
    }
    let isGeographic = reference.isGeographic
    write(
      [
        [Key.modelType.rawValue, 0, 1, isGeographic ? Self.geographicModel : Self.projectedModel],
        [Key.rasterType.rawValue, 0, 1, Self.pixelIsArea],
        [(isGeographic ? Key.geographicType : .projectedType).rawValue, 0, 1, code],
      ], to: &directory)
  }

  /// The EPSG code; `nil` for a code of Esri's, which may be as small.
  private static func code(of reference: SpatialReference) -> UInt16? {
    let authority = "EPSG:"
    guard reference.definition.hasPrefix(authority) else { return nil }
    return UInt16(reference.definition.dropFirst(authority.count))
  }

  /// Writes keys, in ascending order, behind their version (1.1.0) and number.
  private func write(_ keys: [[UInt16]], to directory: inout TIFFDirectory) {
    directory.set(.geoKeyDirectory, shorts: [1, 1, 0, UInt16(keys.count)] + keys.joined())
  }
}
