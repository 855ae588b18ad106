import Spatial

/// A feature as a file says it.
struct SourceFeature {
  /// A run of positions.
  struct Part {
    var role: PartRole
    var range: Range<Int>
  }

  /// Which feature of the file it is, counted from 1.
  var number = 0
  /// The byte at which it begins.
  var offset = 0
  /// Its number, where `id` is one that a tile can hold.
  var id: UInt64?
  /// The reference of its positions.
  var reference = SpatialReference.wgs84
  /// First ordinates of all positions.
  var xs: [Double] = []
  /// Second ordinates.
  var ys: [Double] = []
  /// Points, lines and rings. The positions of a ring are those of the file, the first one again at the end.
  var parts: [Part] = []
  /// Its properties that have a value, by the numbers of their names, in the file's order.
  var attributes: [(key: Int, value: Range<Int>)] = []
  /// The properties' values, as the format has them (`Value` of vector tiles), one behind the other.
  var values: [UInt8] = []
  /// Whether there is a geometry at all.
  var hasGeometry = false

  /// Takes all away, and keeps the memory.
  mutating func removeAll() {
    id = nil
    xs.removeAll(keepingCapacity: xs.count < 1 << 16)
    ys.removeAll(keepingCapacity: ys.count < 1 << 16)
    parts.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    hasGeometry = false
  }
}
