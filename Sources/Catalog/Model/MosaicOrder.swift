import Spatial

/// The order in which the rasters of a mosaic lie on each other, the first one on top (REST API 1.4).
public struct MosaicOrder: Sendable {
  /// The method.
  public var method: MosaicMethod
  /// The field of the method by attribute.
  public var sortField: String
  /// The value that rasters are held against by the method by attribute; null orders by the field's value itself.
  public var sortValue: FieldValue
  /// Whether the order is as the method says; `false` turns it round. None and LockRaster have no direction.
  public var ascending: Bool
  /// The point of the method viewpoint, in the spatial reference of the service.
  public var viewpoint: Point?
  /// The rasters of the method LockRaster, the top one first.
  public var lockRasterIds: [Int64]

  /// An order; members that the method has no use for are passed over.
  public init(
    method: MosaicMethod, sortField: String = "", sortValue: FieldValue = .null, ascending: Bool = true,
    viewpoint: Point? = nil, lockRasterIds: [Int64] = []
  ) {
    self.method = method
    self.sortField = sortField
    self.sortValue = sortValue
    self.ascending = ascending
    self.viewpoint = viewpoint
    self.lockRasterIds = lockRasterIds
  }

  /// Orders rasters, and for LockRaster drops those that are not locked. Ties are broken by object id, smaller first.
  /// - Parameters:
  ///   - rasters: what is ordered, in any order.
  ///   - viewCenter: the middle of the view, in the spatial reference of the service.
  ///   - fullExtent: the extent of the service.
  public func sort(_ rasters: [CatalogRaster], viewCenter: Point, fullExtent: Envelope) -> [CatalogRaster] {
    switch method {
    case .none:
      return ordered(rasters, directed: false) { Key($0.zOrder.map(Double.init)) }
    case .seamline:
      // Without seamlines the rank decides, then the place (REST API 1.4).
      let corner = Point(x: fullExtent.xmin, y: fullExtent.ymax)
      return ordered(rasters) { Key($0.zOrder.map(Double.init), then: $0.center.squaredDistance(to: corner)) }
    case .northwest:
      return byDistance(rasters, to: Point(x: fullExtent.xmin, y: fullExtent.ymax))
    case .center, .nadir:
      // Rasters of the data folder carry no sensor position, so that the nadir is the centre.
      return byDistance(rasters, to: viewCenter)
    case .viewpoint:
      return byDistance(rasters, to: viewpoint ?? viewCenter)
    case .attribute:
      return byAttribute(rasters)
    case .lockRaster:
      let byId = Dictionary(rasters.map { ($0.objectId, $0) }, uniquingKeysWith: { first, _ in first })
      var seen: Set<Int64> = []
      return lockRasterIds.compactMap { seen.insert($0).inserted ? byId[$0] : nil }
    }
  }

  private func byDistance(_ rasters: [CatalogRaster], to point: Point) -> [CatalogRaster] {
    ordered(rasters) { Key($0.center.squaredDistance(to: point)) }
  }

  private func byAttribute(_ rasters: [CatalogRaster]) -> [CatalogRaster] {
    if let target = sortValue.number ?? date(in: sortValue, of: rasters) {
      return ordered(rasters) { Key($0.value(of: sortField).number.map { abs($0 - target) }) }
    }
    if case .string(let target) = sortValue {
      // Texts have no difference: those that are equal come first.
      return ordered(rasters) { raster in
        guard case .string(let text) = raster.value(of: sortField) else { return Key(nil) }
        return Key(text == target ? 0 : 1, text: text)
      }
    }
    return ordered(rasters) { raster in
      let value = raster.value(of: sortField)
      if case .string(let text) = value { return Key(0, text: text) }
      return Key(value.number)
    }
  }

  /// A date that came as text (`"2010/1/1"`), where the field holds dates.
  private func date(in value: FieldValue, of rasters: [CatalogRaster]) -> Double? {
    guard case .string(let text) = value, let moment = Moment.milliseconds(of: text) else { return nil }
    let holdsDates = rasters.contains { if case .date = $0.value(of: sortField) { true } else { false } }
    return holdsDates ? Double(moment) : nil
  }

  private func ordered(_ rasters: [CatalogRaster], directed: Bool = true, by key: (CatalogRaster) -> Key)
    -> [CatalogRaster]
  {
    let reversed = directed && !ascending
    return rasters.map { (key: key($0), raster: $0) }
      .sorted { left, right in
        if left.key.isMissing != right.key.isMissing { return right.key.isMissing }
        if left.key != right.key { return reversed ? right.key < left.key : left.key < right.key }
        return left.raster.objectId < right.raster.objectId
      }
      .map(\.raster)
  }

  /// What a raster is ordered by. Rasters without a value come last, in either direction.
  private struct Key: Comparable {
    let isMissing: Bool
    let number: Double
    let second: Double
    let text: String

    init(_ number: Double?, then second: Double? = nil, text: String = "") {
      isMissing = number == nil && second == nil
      self.number = number ?? .infinity
      self.second = second ?? 0
      self.text = text
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.number, left.second, left.text) < (right.number, right.second, right.text)
    }
  }
}

extension Point {
  fileprivate func squaredDistance(to other: Point) -> Double {
    let dx = x - other.x
    let dy = y - other.y
    return dx * dx + dy * dy
  }
}
