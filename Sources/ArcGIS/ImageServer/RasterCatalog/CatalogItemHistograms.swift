import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/{rasterId}/info/histograms`: the histogram of each band of one raster (REST API 1.9.3).
enum CatalogItemHistograms {
  static let operation = Operation(
    item: "info/histograms", title: "Raster Histograms", "The histogram of each band of the raster.",
    since: ServerVersion(10, 3), weight: .heavy, stable: true
  ) { call in
    let bands = call.site.measurements(of: try call.catalogRaster())
    return .json(["histograms": .array(bands.map(\.histogram.json))])
  }
}
