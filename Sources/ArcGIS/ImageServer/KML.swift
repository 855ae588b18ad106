/// What all KML documents share.
enum KML {
  /// The media type of an archive that holds one.
  static let archiveType = "application/vnd.google-earth.kmz"

  /// A document around a feature.
  static func document(_ feature: String) -> [UInt8] {
    Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <kml xmlns="http://www.opengis.net/kml/2.2">
      \(feature)
      </kml>

      """.utf8)
  }
}
