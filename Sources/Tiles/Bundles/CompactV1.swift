/// The layout of bundles of the compact cache V1 (tile packages, 3): 60 bytes of header, a zero record for each of 16384
/// cells, tiles; and of their index in a file beside them.
enum CompactV1 {
  static let headerBytes = 60
  /// Bytes before the first tile.
  static let headBytes = headerBytes + 4 * BundleAddress.cells
  /// Bytes of an index file.
  static let indexFileBytes = 16 + 5 * BundleAddress.cells + 16

  /// Where a cell's zero record is: what the index of a missing tile points to.
  static func zeroRecord(_ cell: Int) -> Int { headerBytes + 4 * cell }

  /// Header and zero records of a bundle.
  /// - Parameters:
  ///   - bundle: which one.
  ///   - tiles: how many tiles there are.
  ///   - maximumTile: the bytes of the largest tile.
  ///   - fileSize: the bytes of the whole bundle.
  static func head(_ bundle: BundleAddress, tiles: Int, maximumTile: Int, fileSize: Int) -> [UInt8] {
    let last = TileStorage.packetSize - 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headBytes)
    for number in [3, UInt32(BundleAddress.cells), UInt32(maximumTile), 5] { bytes.append(littleEndian: number) }
    // The zero records of tiles that are there are slack.
    for number in [UInt64(4 * tiles), UInt64(fileSize), 40] { bytes.append(littleEndian: number) }
    bytes.append(littleEndian: UInt32(16))
    for number in [bundle.row, bundle.row + last, bundle.column, bundle.column + last] {
      bytes.append(littleEndian: UInt32(truncatingIfNeeded: number))
    }
    return bytes + [UInt8](repeating: 0, count: headBytes - headerBytes)
  }

  /// The index file.
  /// - Parameter offsets: 16384 of them, column by column.
  static func index(offsets: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(indexFileBytes)
    for number: UInt32 in [3, 16, UInt32(BundleAddress.cells), 5] { bytes.append(littleEndian: number) }
    for offset in offsets {
      for shift in stride(from: 0, to: 40, by: 8) { bytes.append(UInt8(truncatingIfNeeded: offset >> shift)) }
    }
    for number: UInt32 in [0, 16, 16, 0] { bytes.append(littleEndian: number) }
    return bytes
  }
}
