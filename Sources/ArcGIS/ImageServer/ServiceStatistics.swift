import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/statistics`: the statistics of each band (REST API 1.18).
enum ServiceStatistics {
  static let operation = Operation(
    "statistics", title: "Statistics", "The statistics of each band.", scope: .imageService, capability: "Image",
    since: ServerVersion(10, 8, 1), weight: .heavy, stable: true
  ) { call in
    let statistics = try call.site.statistics(of: try call.imageService())
    return .json([
      "statistics": .array(
        statistics.map { band in
          [
            "min": .double(band.min), "max": .double(band.max), "mean": .double(band.mean),
            "standardDeviation": .double(band.standardDeviation),
          ]
        })
    ])
  }
}
