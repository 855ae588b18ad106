import Spatial

extension FuzzTarget {
  /// Well-known text: a spatial reference, or a step of a datum transformation. What is accepted can be used: its way to
  /// longitudes and latitudes is found, or refused.
  static let spatialText = FuzzTarget(name: "SpatialText") { input in
    let text = String(decoding: input, as: UTF8.self)
    let step = try? DatumTransformation.Step(wkt: text)
    let datum = try? step.map { step throws(SpatialError) in try DatumTransformation([step]) }
    if let reference = try? SpatialReference(wkt: text) {
      let box = Envelope(xmin: 0, ymin: 0, xmax: 1000, ymax: 1000)
      _ = try? box.projected(from: reference, to: .wgs84, by: datum)
    } else if let datum {
      _ = try? datum.effect(from: .wgs84, to: .webMercator)
    }
  }
}
