import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/histograms`: the histogram of each band (REST API 1.18).
enum ServiceHistograms {
  static let operation = Operation(
    "histograms", title: "Histograms", "The histogram of each band.", scope: .imageService, capability: "Image",
    since: ServerVersion(10, 1), weight: .heavy, stable: true
  ) { call in
    let histograms = try call.site.histograms(of: try call.imageService())
    return .json(["histograms": .array(histograms.map(\.json))])
  }
}

extension BandHistogram {
  /// The histogram as answers have it (REST API 1.18).
  var json: JSON {
    [
      "size": .int(counts.count), "min": .double(min), "max": .double(max), "counts": .array(counts.map(JSON.int)),
    ]
  }
}
