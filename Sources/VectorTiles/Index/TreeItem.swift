/// A feature in the tree of an index, or a node above it: 24 bytes.
struct TreeItem: BitwiseCopyable {
  /// Binary digits of the grid that boxes are told on.
  static let digits = 31
  /// What a unit of that grid has in units of `WorldGrid`, in binary digits.
  static let shift = WorldGrid.deepestLevel + WorldGrid.tileBits - digits

  /// The box, rounded outwards to units of a 2^31th of the world.
  var minX: UInt32
  var minY: UInt32
  var maxX: UInt32
  var maxY: UInt32
  /// Where the feature's record lies in the file, or the first of a node's children in the tree; below it, in 8 digits, the
  /// first level that shows anything of it.
  var place: UInt64

  /// A feature.
  /// - Parameter box: within the world.
  init(_ box: GridBox, offset: Int, level: Int) {
    minX = UInt32(truncatingIfNeeded: box.minX >> Self.shift)
    minY = UInt32(truncatingIfNeeded: box.minY >> Self.shift)
    let outwards = (1 << Self.shift) - 1
    maxX = UInt32(truncatingIfNeeded: (box.maxX + outwards) >> Self.shift)
    maxY = UInt32(truncatingIfNeeded: (box.maxY + outwards) >> Self.shift)
    place = UInt64(offset) << 8 | UInt64(level)
  }

  /// A node above others.
  init(above children: ArraySlice<TreeItem>, first: Int) {
    (minX, minY, maxX, maxY) = (.max, .max, 0, 0)
    var level = 255
    for child in children {
      minX = min(minX, child.minX)
      minY = min(minY, child.minY)
      maxX = max(maxX, child.maxX)
      maxY = max(maxY, child.maxY)
      level = min(level, child.level)
    }
    place = UInt64(first) << 8 | UInt64(level)
  }

  /// The first level that shows anything of it.
  var level: Int {
    get { Int(place & 0xFF) }
    set { place = place & ~0xFF | UInt64(newValue & 0xFF) }
  }

  /// The offset or number that `place` says.
  var reference: Int { Int(place >> 8) }

  /// How far along Hilbert's curve the middle lies.
  var distance: UInt32 {
    HilbertCurve.distance(
      x: min((minX / 2 + maxX / 2) >> 15, 0xFFFF), y: min((minY / 2 + maxY / 2) >> 15, 0xFFFF))
  }

  /// The middle, in units of `WorldGrid`.
  var center: GridPoint {
    GridPoint(x: (Int(minX) + Int(maxX)) << (Self.shift - 1), y: (Int(minY) + Int(maxY)) << (Self.shift - 1))
  }
}
