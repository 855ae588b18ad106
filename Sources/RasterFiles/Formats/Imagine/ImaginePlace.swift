import Datasets
import Spatial

/// What an Imagine file says of a raster's place: the centres of its corner pixels, its spatial reference as the text of
/// Esri's projection engine, which can say every reference, and by Imagine's own numbers where they are sure.
struct ImaginePlace {
  let layout: RasterLayout

  /// The entries, which every band has.
  var entries: [ImagineEntry] {
    [
      ImagineEntry(name: "ProjectionX", type: "Eprj_MapProjection842", data: writeReference),
      ImagineEntry(name: "Map_Info", type: "Eprj_MapInfo", data: writeCorners),
    ] + [ImagineProjection(layout.georeference.spatialReference)?.entry].compactMap { $0 }
  }

  private func writeCorners(to data: inout ImagineData) {
    let place = layout.georeference
    let (x, y) = (place.originX + place.pixelWidth / 2, place.originY - place.pixelHeight / 2)
    data.append(text: place.spatialReference.name)
    let pairs = [
      (x, y),
      (x + Double(layout.width - 1) * place.pixelWidth, y - Double(layout.height - 1) * place.pixelHeight),
      (place.pixelWidth, place.pixelHeight),
    ]
    for pair in pairs {
      data.append(count: 1)
      data.append(double: pair.0)
      data.append(double: pair.1)
    }
    data.append(text: units)
  }

  private func writeReference(to data: inout ImagineData) {
    let reference = layout.georeference.spatialReference.esriWKT
    data.append(text: "PE_COORDSYS")
    data.append(text: "{0:pcstring,}Emif_String,{1:x{0:pcstring,}Emif_String,coordSys,}PE_COORDSYS,.")
    // An object of the type just described: its size, and its text behind a length and an offset from the object.
    let bytes = reference.utf8.count + 1
    data.append(count: bytes + 8)
    data.append(long: bytes)
    data.append(long: 8)
    data.append(characters: reference)
    data.append(text: "PE")
  }

  private var units: String {
    let reference = layout.georeference.spatialReference
    if reference.isGeographic { return "dd" }
    let names = [(1, "meters"), (0.3048, "feet"), (1200.0 / 3937, "us_survey_feet"), (1000, "kilometers")]
    return names.first { abs($0.0 / reference.metersPerUnit - 1) < 1e-9 }?.1 ?? "other"
  }
}
