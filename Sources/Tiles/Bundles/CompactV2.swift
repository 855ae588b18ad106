/// The layout of bundles of the compact cache V2 (tile packages, 2): 64 bytes of header, an index of 16384 records, tiles.
enum CompactV2 {
  static let headerBytes = 64
  static let indexBytes = 8 * BundleAddress.cells
  /// Bytes before the first tile.
  static let headBytes = headerBytes + indexBytes
  /// The record of a cell without a tile, as ArcGIS writes it: no size, whatever the offset.
  static let emptyRecord: UInt64 = 4

  /// Header and index.
  /// - Parameters:
  ///   - records: 16384 of them, row by row.
  ///   - maximumTile: the bytes of the largest tile.
  ///   - fileSize: the bytes of the whole bundle.
  static func head(records: [UInt64], maximumTile: Int, fileSize: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headBytes)
    for number in [3, UInt32(BundleAddress.cells), UInt32(maximumTile), 5] { bytes.append(littleEndian: number) }
    // Slack, the bundle's size, where the user header begins.
    for number in [0, UInt64(fileSize), 40] { bytes.append(littleEndian: number) }
    // The user header: its size, the head of a V1 index, the size of the index.
    for number in [UInt32(20 + indexBytes), 3, 16, UInt32(BundleAddress.cells), 5, UInt32(indexBytes)] {
      bytes.append(littleEndian: number)
    }
    for record in records { bytes.append(littleEndian: record) }
    return bytes
  }
}
