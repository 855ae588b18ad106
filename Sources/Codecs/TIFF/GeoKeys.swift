import Spatial

/// The GeoTIFF keys of a place (OGC 19-008r4).
struct GeoKeys {
  private let georeference: Georeference

  /// The keys of a place.
  init(_ georeference: Georeference) { self.georeference = georeference }

  /// Writes them, the pixel size and the upper left corner into a directory.
  func write(to directory: inout TIFFDirectory, width: Int, height: Int) {
    let envelope = georeference.envelope
    directory.set(
      .modelPixelScale, doubles: [envelope.width / Double(width), envelope.height / Double(height), 0])
    directory.set(.modelTiepoint, doubles: [0, 0, 0, envelope.xmin, envelope.ymax, 0])
    let reference = georeference.spatialReference
    let (projected, geographic): (UInt16, UInt16) = (1, 2)
    let pixelIsArea: UInt16 = 1
    let (projectedKey, geographicKey): (UInt16, UInt16) = (3072, 2048)
    var keys: [[UInt16]] = [
      [1024, 0, 1, reference.isGeographic ? geographic : projected],
      [1025, 0, 1, pixelIsArea],
    ]
    let codeKey = reference.isGeographic ? geographicKey : projectedKey
    if let code = reference.latestWkid.flatMap({ UInt16(exactly: $0) }) {
      keys.append([codeKey, 0, 1, code])
    } else {
      let userDefined: UInt16 = 32767
      keys.append([codeKey, 0, 1, userDefined])
      if let wkt = reference.wkt {
        // The key directory refers to the text by its length and its place in GeoAsciiParams.
        let citation = "ESRI PE String = \(wkt)|"
        keys.append([codeKey + 1, TIFFDirectory.Tag.geoAsciiParams.rawValue, UInt16(citation.utf8.count), 0])
        directory.set(.geoAsciiParams, text: citation)
      }
    }
    let header: [UInt16] = [1, 1, 0, UInt16(keys.count)]
    directory.set(.geoKeyDirectory, shorts: header + keys.sorted { $0[0] < $1[0] }.joined())
  }
}
