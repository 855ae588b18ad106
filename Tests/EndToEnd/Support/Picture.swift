/// Samples of a picture, pixel after pixel, and which of them hold data.
struct Picture: Equatable, Sendable {
  var width: Int
  var height: Int
  var bands: Int
  var samples: [Double]
  var isData: [Bool]

  /// The sample of a band at a column and a row; `nil` where there is no data.
  subscript(column: Int, row: Int, band: Int = 0) -> Double? {
    let index = (row * width + column) * bands + band
    return isData[index] ? samples[index] : nil
  }

  /// The samples that hold data.
  var data: [Double] { zip(samples, isData).filter(\.1).map(\.0) }
}

/// How a picture differs from the expected one.
struct Difference: CustomStringConvertible {
  /// Samples that hold data in one of them only.
  var outline = 0
  /// Samples that differ at all.
  var count = 0
  /// The greatest difference.
  var greatest = 0.0
  /// Samples that hold data in both.
  var common = 0
  /// Where the first of them is: column, row, band, the value here, the expected one.
  var first: String?

  var description: String {
    "\(outline) in one only, \(count) of \(common) differ, by \(greatest) at most; first \(first ?? "none")"
  }

  /// Compares samples.
  /// - Parameter settled: a picture of one band that holds 0 where pixels take no part.
  init(_ picture: Picture, _ expected: Picture, settled: Picture? = nil) {
    guard picture.width == expected.width, picture.height == expected.height, picture.bands == expected.bands else {
      outline = .max
      first = """
        \(picture.width) x \(picture.height) x \(picture.bands) in place of \
        \(expected.width) x \(expected.height) x \(expected.bands)
        """
      return
    }
    for index in picture.samples.indices where settled?.samples[index / picture.bands] != 0 {
      let (here, there) = (picture.isData[index], expected.isData[index])
      var differs = here != there
      if differs {
        outline += 1
      } else if here {
        common += 1
        let distance = abs(picture.samples[index] - expected.samples[index])
        differs = !(distance == 0)
        if differs { count += 1 }
        greatest = max(greatest, distance)
      }
      if differs && first == nil {
        let pixel = index / picture.bands
        first = """
          column \(pixel % picture.width), row \(pixel / picture.width), band \(index % picture.bands): \
          \(here ? "\(picture.samples[index])" : "no data") in place of \
          \(there ? "\(expected.samples[index])" : "no data")
          """
      }
    }
  }
}
