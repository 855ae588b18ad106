import Testing

extension ServerProcess {
  /// The pixels of an exported TIFF, or of another format that GDAL reads.
  func picture(_ service: String, _ parameters: Parameters) throws -> Picture {
    let answer = try post("\(service)/ImageServer/exportImage", ["format": "tiff", "f": "image"] + parameters)
    try #require(answer.status == 200)
    try #require(answer.body.first != UInt8(ascii: "{"), "\(answer.text.prefix(300))")
    return try GDAL.shared.read(answer.body)
  }
}

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

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 33)
  }
}
