import Codecs
import Spatial

/// A picture as a ground overlay for Google Earth.
struct KMZ {
  /// The picture.
  let picture: EncodedImage
  /// Where it lies, in degrees on WGS 84.
  let envelope: Envelope
  /// What the overlay is called.
  let name: String

  /// The archive: `doc.kml` and the picture.
  func archive() -> [UInt8] {
    let file = "overlay.\(picture.fileExtension)"
    let overlay = """
       <GroundOverlay>
        <name>\(escapedMarkup(name))</name>
        <Icon><href>\(file)</href></Icon>
        <LatLonBox>
         <north>\(envelope.ymax)</north><south>\(envelope.ymin)</south>
         <east>\(envelope.xmax)</east><west>\(envelope.xmin)</west>
        </LatLonBox>
       </GroundOverlay>
      """
    var zip = StoredZip()
    zip.add("doc.kml", KML.document(overlay))
    zip.add(file, picture.bytes)
    return zip.archive()
  }
}

/// A text as it stands in XML or HTML, in elements and in quoted attributes.
func escapedMarkup(_ text: String) -> String {
  var out = ""
  for character in text {
    switch character {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default: out.append(character)
    }
  }
  return out
}
