import Datasets
import Spatial

/// The corners of a raster as a NITF image subheader says them (ICORDS and IGEOLO): the centres of its corner pixels in
/// thousandths of a degree, or in metres of a UTM zone on WGS 84.
///
/// Where that is not exact there are none, and only the files beside the raster tell its place: clients believe the
/// subheader first, which must not say something else than they do.
struct NITFLocation {
  /// `D`, `N`, `S`, or a blank where there is no location.
  private(set) var system = " "
  /// Sixty characters: upper left, upper right, lower right, lower left.
  private(set) var corners = ""

  /// Of a pixel's size, what a corner may be off.
  private static let tolerance = 1e-6

  init(_ layout: RasterLayout) {
    // A pixel's size follows from the distance of corners, which one row or column does not have.
    guard layout.width > 1, layout.height > 1 else { return }
    let place = layout.georeference
    let reference = place.spatialReference
    let write: (Double, Double) -> String?
    switch reference.epsgCode {
    case 4326?:
      system = "D"
      write = { (x, y) in
        guard let y = Self.exact(y * 1000, within: place.pixelHeight * 1000, range: -90_000...90_000),
          let x = Self.exact(x * 1000, within: place.pixelWidth * 1000, range: -180_000...180_000)
        else { return nil }
        return Self.degrees(y, digits: 2) + Self.degrees(x, digits: 3)
      }
    case (32601...32660)?, (32701...32760)?:
      let code = reference.epsgCode ?? 0
      system = code < 32700 ? "N" : "S"
      write = { (x, y) in
        guard let x = Self.exact(x, within: place.pixelWidth, range: 0...999_999),
          let y = Self.exact(y, within: place.pixelHeight, range: 0...9_999_999)
        else { return nil }
        return Self.digits(code % 100, 2) + Self.digits(x, 6) + Self.digits(y, 7)
      }
    default: return
    }
    let (west, north) = (place.originX + place.pixelWidth / 2, place.originY - place.pixelHeight / 2)
    let east = west + Double(layout.width - 1) * place.pixelWidth
    let south = north - Double(layout.height - 1) * place.pixelHeight
    let texts = [(west, north), (east, north), (east, south), (west, south)].compactMap { write($0.0, $0.1) }
    if texts.count == 4 { corners = texts.joined() } else { system = " " }
  }

  private static func exact(_ value: Double, within size: Double, range: ClosedRange<Int>) -> Int? {
    guard let whole = Int(exactly: value.rounded()), range.contains(whole),
      abs(value - Double(whole)) <= size * tolerance
    else { return nil }
    return whole
  }

  private static func degrees(_ thousandths: Int, digits count: Int) -> String {
    let amount = abs(thousandths)
    return (thousandths < 0 ? "-" : "+") + digits(amount / 1000, count) + "." + digits(amount % 1000, 3)
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
