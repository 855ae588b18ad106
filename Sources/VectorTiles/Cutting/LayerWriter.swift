/// Writes one layer of one tile (Mapbox vector tiles 2.1, 4.1): the protobuf messages by hand, because values lie in the
/// index as the tile wants them, and geometries are written as they are cut.
struct LayerWriter: ~Copyable {
  /// Fields of the messages, with their wire types.
  private enum Tag {
    static let layer: UInt8 = 3 << 3 | 2
    static let name: UInt8 = 1 << 3 | 2
    static let feature: UInt8 = 2 << 3 | 2
    static let key: UInt8 = 3 << 3 | 2
    static let value: UInt8 = 4 << 3 | 2
    static let extent: UInt8 = 5 << 3
    static let version: UInt8 = 15 << 3
    static let featureID: UInt8 = 1 << 3
    static let featureTags: UInt8 = 2 << 3 | 2
    static let featureType: UInt8 = 3 << 3
    static let featureGeometry: UInt8 = 4 << 3 | 2
  }

  private let layer: TileLayer
  private var features = ByteBuffer(capacity: 1 << 14)
  private var feature = ByteBuffer()
  private var tags = ByteBuffer()
  private var geometry = ByteBuffer()
  private var values = ValueTable()
  /// The fields that features have, by their numbers in the tile.
  private var keys: [Int] = []
  private var numberOfKey: [Int]

  /// A layer without features.
  init(_ layer: TileLayer) {
    self.layer = layer
    numberOfKey = [Int](repeating: -1, count: layer.index.names.count)
  }

  /// Appends what a tile shows of a feature.
  mutating func add(_ item: TreeItem, level: Int, _ cutter: inout GeometryCutter) throws(VectorTileError) {
    let record = try layer.index.record(item, level: level)
    geometry.truncate(to: 0)
    guard let isShown = cutter.write(record, item, to: &geometry) else {
      throw .damagedIndex(path: layer.index.path)
    }
    guard isShown else { return }
    guard let id = addTags(record) else { throw .damagedIndex(path: layer.index.path) }
    feature.truncate(to: 0)
    if let id = id ?? (layer.idField == nil ? record.id : nil) {
      feature.append(Tag.featureID)
      feature.append(varint: id)
    }
    if tags.count > 0 {
      feature.append(Tag.featureTags)
      feature.append(varint: tags.count)
      feature.append(tags.bytes)
    }
    feature.append(Tag.featureType)
    feature.append(record.kind.rawValue)
    feature.append(Tag.featureGeometry)
    feature.append(varint: geometry.count)
    feature.append(geometry.bytes)
    features.append(Tag.feature)
    features.append(varint: feature.count)
    features.append(feature.bytes)
  }

  /// Writes the pairs of key and value.
  /// - Returns: the `id` that a property gives, if any; `nil` where the record is damaged.
  private mutating func addTags(_ record: FeatureRecord) -> UInt64?? {
    tags.truncate(to: 0)
    var id: UInt64?
    guard !record.attributes.isEmpty, var cursor = ByteCursor(record.attributes) else { return .some(nil) }
    while cursor.remaining > 0 {
      let key = cursor.count(atMost: numberOfKey.count - 1)
      let value = cursor.bytes(cursor.count(atMost: cursor.remaining))
      guard !cursor.failed, key < numberOfKey.count else { return nil }
      if key == layer.idField { id = ValueCoding.identifier(value) }
      guard layer.isFieldShown[key] else { continue }
      if numberOfKey[key] < 0 {
        numberOfKey[key] = keys.count
        keys.append(key)
      }
      tags.append(varint: numberOfKey[key])
      tags.append(varint: values.number(of: value))
    }
    return .some(id)
  }

  /// Appends the layer to a tile; nothing when it has no feature.
  func finish(into tile: inout ByteBuffer) {
    guard features.count > 0 else { return }
    var head = ByteBuffer()
    head.append(Tag.version)
    head.append(2)
    head.append(Tag.name)
    head.append(varint: layer.settings.name.utf8.count)
    head.append(Array(layer.settings.name.utf8))
    var tail = ByteBuffer(capacity: 1 << 12)
    for key in keys {
      let name = layer.index.names[key]
      tail.append(Tag.key)
      tail.append(varint: name.count)
      tail.append(name)
    }
    for number in 0..<values.count {
      let value = values[number]
      tail.append(Tag.value)
      tail.append(varint: value.count)
      tail.append(value)
    }
    tail.append(Tag.extent)
    tail.append(varint: WorldGrid.tileExtent)
    tile.append(Tag.layer)
    tile.append(varint: head.count + features.count + tail.count)
    tile.append(head.bytes)
    tile.append(features.bytes)
    tile.append(tail.bytes)
  }
}
