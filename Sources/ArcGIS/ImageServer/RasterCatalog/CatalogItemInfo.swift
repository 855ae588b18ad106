import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/{rasterId}/info`: what the file of a raster is like (REST API 1.9.3).
enum CatalogItemInfo {
  static let operation = Operation(
    item: "info", title: "Raster Info", "Size, place and pixels of the raster.", since: ServerVersion(10, 0),
    weight: .heavy, stable: true
  ) { call in .json(try description(of: try call.catalogRaster(), try call.imageService(), call)) }

  private static func description(of raster: CatalogRaster, _ service: ImageService, _ call: Call) throws -> JSON {
    let version = call.version
    let info = raster.info
    let native = info.georeference.spatialReference
    let base = info.levels.first
    var fields: JSONObject = [
      "origin": [
        "x": .double(raster.footprint.xmin), "y": .double(raster.footprint.ymax),
        "spatialReference": service.spatialReference.json(for: version),
      ],
      "blockWidth": .int(base?.blockWidth ?? 0), "blockHeight": .int(base?.blockHeight ?? 0),
      "pixelSizeX": .double(raster.pixelSizeX), "pixelSizeY": .double(raster.pixelSizeY),
      "extent": raster.footprint.json(in: service.spatialReference, for: version),
      "bandCount": .int(info.bands), "pixelType": .string(info.pixelType.rawValue),
      // Levels are counted from 1; the raster itself is none.
      "firstPyramidLevel": 1, "maxPyramidLevel": .int(info.levels.count - 1),
      "format": .string(info.format), "compressionType": .string(info.compression),
      "nativeExtent": raster.nativeExtent.json(in: native, for: version),
      "nativeSpatialReference": native.json(for: version),
    ]
    if version >= ServerVersion(10, 3) { fields["hasMultidimensions"] = false }
    let bands = call.site.measurements(of: raster)
    if version >= ServerVersion(10, 2) {
      fields["statistics"] = .array(
        bands.map(\.statistics).map { band in
          [.double(band.min), .double(band.max), .double(band.mean), .double(band.standardDeviation)]
        })
    }
    if version >= ServerVersion(10, 3) { fields["histograms"] = .array(bands.map(\.histogram.json)) }
    return .object(fields)
  }
}

extension Site {
  /// What is measured of every band of a raster; empty when one of them has no data, because clients take all or none,
  /// and when its pixels can't be read.
  func measurements(of raster: CatalogRaster) -> [BandMeasurement] {
    guard let bands = try? catalog.measurements(of: raster) else { return [] }
    let known = bands.compactMap(\.self)
    return known.count == bands.count ? known : []
  }
}
