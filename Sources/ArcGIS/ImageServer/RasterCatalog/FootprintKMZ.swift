import JSONValue
import Spatial

/// Footprints as placemarks for Google Earth.
struct FootprintKMZ {
  /// The rows, their shapes in WGS 84.
  let table: FeatureTable
  /// What the document is called.
  let name: String

  /// The archive: `doc.kml`.
  func archive() -> [UInt8] {
    var zip = StoredZip()
    zip.add(
      "doc.kml",
      KML.document(
        " <Document>\n  <name>\(escapedMarkup(name))</name>\n"
          + "  <Style id=\"footprint\"><PolyStyle><fill>0</fill></PolyStyle></Style>\n"
          + table.rows.map(placemark).joined() + " </Document>"))
    return zip.archive()
  }

  private func placemark(_ row: FeatureTable.Row) -> String {
    let data = zip(table.columns, row.values).map { column, value in
      "<Data name=\"\(escapedMarkup(column.name))\"><value>\(text(value.json))</value></Data>"
    }.joined()
    let title = row.raster.map { "<name>\(escapedMarkup($0.name))</name>" } ?? ""
    return """
        <Placemark>\(title)<styleUrl>#footprint</styleUrl><ExtendedData>\(data)</ExtendedData>\(polygons(of: row))</Placemark>

      """
  }

  private func polygons(of row: FeatureTable.Row) -> String {
    guard let raster = row.raster, case .array(let rings)? = table.shape?.geometry(of: raster)?.rings(clockwise: false)
    else { return "" }
    return rings.map { ring in
      let points = (ring.array ?? []).map { "\($0[0]?.text() ?? ""),\($0[1]?.text() ?? "")" }.joined(separator: " ")
      return "<Polygon><outerBoundaryIs><LinearRing><coordinates>\(points)</coordinates></LinearRing></outerBoundaryIs>"
        + "</Polygon>"
    }.joined()
  }

  private func text(_ value: JSON) -> String { escapedMarkup(value.isNull ? "" : value.string ?? value.text()) }
}
