import Testing

/// A box and a size as the parameters write them.
struct Window: Sendable, CustomTestStringConvertible {
  var xmin: Double
  var ymin: Double
  var xmax: Double
  var ymax: Double
  var width: Int
  var height: Int

  init(_ xmin: Double, _ ymin: Double, _ xmax: Double, _ ymax: Double, _ width: Int, _ height: Int) {
    (self.xmin, self.ymin, self.xmax, self.ymax, self.width, self.height) = (xmin, ymin, xmax, ymax, width, height)
  }

  var bbox: String { "\(xmin),\(ymin),\(xmax),\(ymax)" }
  var size: String { "\(width),\(height)" }
  var testDescription: String { "\(bbox) in \(size)" }

  /// The box and the size as Python has them.
  var python: String { "(\(bbox)), (\(size))" }

  /// The parameters of a picture of exactly this box in a reference.
  func parameters(_ wkid: Int) -> Parameters {
    ["bbox": bbox, "size": size, "bboxSR": "\(wkid)", "imageSR": "\(wkid)", "adjustAspectRatio": "false"]
  }
}
