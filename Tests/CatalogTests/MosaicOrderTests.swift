import Datasets
import Pixels
import Spatial
import Testing

@testable import Catalog

@Suite("The order of a mosaic")
struct MosaicOrderTests {
  /// A raster of 10 by 10 units around a centre.
  private func raster(
    _ objectId: Int64, _ x: Double, _ y: Double, z: Int? = nil, attributes: [String: FieldValue] = [:]
  ) -> CatalogRaster {
    let info = RasterInfo(
      format: "TIFF", compression: "None", bands: 1, pixelType: .u8, noData: [nil], colormap: nil, hasMask: false,
      georeference: Georeference(
        originX: x - 5, originY: y + 5, pixelWidth: 1, pixelHeight: 1, spatialReference: .webMercator),
      levels: [RasterInfo.Level(width: 10, height: 10, blockWidth: 10, blockHeight: 10)], files: ["r.tif"])
    return CatalogRaster(
      key: objectId, objectId: objectId, name: "r\(objectId)", path: "/r.tif", files: [], info: info,
      footprint: Envelope(xmin: x - 5, ymin: y - 5, xmax: x + 5, ymax: y + 5), pixelSizeX: 1, pixelSizeY: 1,
      item: RasterItem(lowPS: 1, highPS: 1, zOrder: z, attributes: attributes))
  }

  private let extent = Envelope(xmin: 0, ymin: 0, xmax: 100, ymax: 100)

  private func sort(
    _ rasters: [CatalogRaster], _ order: MosaicOrder, view: Point = Point(x: 90, y: 10)
  ) -> [Int64] {
    order.sort(rasters, viewCenter: view, fullExtent: extent).map(\.objectId)
  }

  /// Distances of the centres from the north-west corner (0, 100), squared: 3: 200 · 1: 5000 · 4: 8100+100 · 2: 16200.
  /// From the view's centre (90, 10): 2: 0 · 1: 3200 · 4: 6400 · 3: 12800. From (50, 100): 4: 1700 · 3: 1700 · 1: 2500 ·
  /// 2: 1600 + 8100.
  private var four: [CatalogRaster] { [raster(4, 90, 90), raster(2, 90, 10), raster(1, 50, 50), raster(3, 10, 90)] }

  @Test("goes by the distance from the north-west corner, whatever the view")
  func northwest() {
    #expect(sort(four, MosaicOrder(method: .northwest)) == [3, 1, 4, 2])
    #expect(sort(four, MosaicOrder(method: .northwest), view: Point(x: 0, y: 0)) == [3, 1, 4, 2])
    #expect(sort(four, MosaicOrder(method: .northwest, ascending: false)) == [2, 4, 1, 3])
  }

  @Test("goes by the distance from the view's centre for Center and Nadir", arguments: [MosaicMethod.center, .nadir])
  func center(method: MosaicMethod) {
    #expect(sort(four, MosaicOrder(method: method)) == [2, 1, 4, 3])
    #expect(sort(four, MosaicOrder(method: method, ascending: false)) == [3, 4, 1, 2])
  }

  @Test("goes by the distance from the viewpoint, ties by object id")
  func viewpoint() {
    #expect(sort(four, MosaicOrder(method: .viewpoint, viewpoint: Point(x: 50, y: 100))) == [3, 4, 1, 2])
    #expect(
      sort(four, MosaicOrder(method: .viewpoint, ascending: false, viewpoint: Point(x: 50, y: 100))) == [2, 1, 3, 4])
  }

  @Test("is the catalog's for None, the ranked ones first")
  func none() {
    let rasters = [raster(4, 0, 0, z: 2), raster(3, 0, 0), raster(2, 0, 0, z: 7), raster(1, 0, 0)]
    #expect(sort(rasters, MosaicOrder(method: .none)) == [4, 2, 1, 3])
    #expect(sort(rasters, MosaicOrder(method: .none, ascending: false)) == [4, 2, 1, 3])
    #expect(sort(four, MosaicOrder(method: .none)) == [1, 2, 3, 4])
  }

  @Test("is like Northwest for Seamline where no rank decides")
  func seamline() {
    #expect(sort(four, MosaicOrder(method: .seamline)) == [3, 1, 4, 2])
    #expect(sort(four + [raster(5, 90, 10, z: 0)], MosaicOrder(method: .seamline)) == [5, 3, 1, 4, 2])
  }

  @Test("is the asked one for LockRaster, of the locked rasters only")
  func lock() {
    #expect(sort(four, MosaicOrder(method: .lockRaster, lockRasterIds: [4, 99, 1, 4])) == [4, 1])
    #expect(sort(four, MosaicOrder(method: .lockRaster, ascending: false, lockRasterIds: [4, 1])) == [4, 1])
    #expect(sort(four, MosaicOrder(method: .lockRaster)) == [])
  }

  @Test("goes by the difference of an attribute from a value, or by the attribute itself; those without it come last")
  func attribute() {
    let clouds: [(Int64, FieldValue)] = [(1, .double(80)), (2, .double(3.5)), (3, .null), (4, .integer(20))]
    let rasters = clouds.map { raster($0, 0, 0, attributes: ["CloudCover": $1]) }
    func sorted(_ value: FieldValue, ascending: Bool = true) -> [Int64] {
      sort(
        rasters, MosaicOrder(method: .attribute, sortField: "cloudcover", sortValue: value, ascending: ascending))
    }
    #expect(sorted(.null) == [2, 4, 1, 3])
    #expect(sorted(.null, ascending: false) == [1, 4, 2, 3])
    // |80 - 60| = 20, |3.5 - 60| = 56.5, |20 - 60| = 40.
    #expect(sorted(.integer(60)) == [1, 4, 2, 3])
    #expect(sort(four, MosaicOrder(method: .attribute, sortField: "Nothing")) == [1, 2, 3, 4])
  }

  @Test("goes by dates, the value in milliseconds or as text")
  func dates() {
    // 2010-01-01, 2010-03-01 and 2009-12-25 in milliseconds: 14610, 14669 and 14603 days.
    let days: [(Int64, Int64)] = [(1, 14610), (2, 14669), (3, 14603)]
    let rasters = days.map { raster($0, 0, 0, attributes: ["AcqDate": .date($1 * 86_400_000)]) }
    for value in [FieldValue.string("2010/2/25"), .string("2010-02-25"), .integer(14665 * 86_400_000)] {
      #expect(sort(rasters, MosaicOrder(method: .attribute, sortField: "AcqDate", sortValue: value)) == [2, 1, 3])
    }
    #expect(sort(rasters, MosaicOrder(method: .attribute, sortField: "AcqDate")) == [3, 1, 2])
  }

  @Test("by a text field puts what equals the value first, then goes by the alphabet")
  func texts() {
    let names: [(Int64, String)] = [(1, "Terra"), (2, "Aqua"), (3, "Landsat")]
    let rasters = names.map { raster($0, 0, 0, attributes: ["Sensor": .string($1)]) }
    #expect(sort(rasters, MosaicOrder(method: .attribute, sortField: "Sensor")) == [2, 3, 1])
    #expect(
      sort(rasters, MosaicOrder(method: .attribute, sortField: "Sensor", sortValue: .string("Terra"))) == [1, 2, 3])
  }

  @Test(
    "is named as in a mosaic rule, as in a service root, or as clients misspell it",
    arguments: [
      ("esriMosaicNorthwest", MosaicMethod.northwest), ("NorthWest", .northwest), ("ESRIMOSAICNONE", .none),
      ("esriMosaicAttribute", .attribute), ("esriMosaicByAttribute", .attribute), ("ByAttribute", .attribute),
      ("LockRaster", .lockRaster), ("esriMosaicSeamline", .seamline),
    ])
  func methodNames(name: String, method: MosaicMethod) {
    #expect(MosaicMethod(name: name) == method)
    #expect(MosaicMethod(name: method.esriName) == method)
    #expect(MosaicMethod(name: "\(name)s") == nil)
  }
}
