import CDeflate

/// The first bytes of an index: where the rest lies. Records of features follow, then the tree, then what is known of the
/// layer as JSON.
struct IndexHeader {
  /// Bytes of the header.
  static let size = 64
  /// The last digit goes up when the form of the file changes.
  private static let magic: UInt64 = 0x3130_5843_4556_414d

  /// Where records end and the tree begins.
  var treeOffset: Int
  /// Features in the tree.
  var featureCount: Int
  /// Where the tree ends and the description begins, which goes to the end of the file.
  var descriptionOffset: Int
  /// Bytes of the file.
  var fileSize: Int
  /// CRC-32 of the description.
  var descriptionChecksum: UInt32

  /// A header from its parts.
  init(
    treeOffset: Int, featureCount: Int, descriptionOffset: Int, fileSize: Int, descriptionChecksum: UInt32
  ) {
    self.treeOffset = treeOffset
    self.featureCount = featureCount
    self.descriptionOffset = descriptionOffset
    self.fileSize = fileSize
    self.descriptionChecksum = descriptionChecksum
  }

  /// The header of a whole file; `nil` where it isn't one that holds together.
  init?(file: UnsafeRawBufferPointer) {
    guard file.count >= Self.size else { return nil }
    func number(_ index: Int) -> UInt64 {
      UInt64(littleEndian: file.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    let head = UnsafeRawBufferPointer(rebasing: file[..<(Self.size - 8)])
    guard number(0) == Self.magic, number(7) == UInt64(Self.checksum(head)) else { return nil }
    let numbers = (1...5).map { Int(truncatingIfNeeded: number($0)) }
    self.init(
      treeOffset: numbers[0], featureCount: numbers[1], descriptionOffset: numbers[2], fileSize: numbers[3],
      descriptionChecksum: UInt32(truncatingIfNeeded: numbers[4]))
    guard fileSize == file.count, treeOffset >= Self.size, descriptionOffset >= treeOffset,
      descriptionOffset <= fileSize, featureCount >= 0,
      Self.checksum(UnsafeRawBufferPointer(rebasing: file[descriptionOffset...])) == descriptionChecksum
    else { return nil }
  }

  /// The bytes.
  var bytes: [UInt8] {
    var out = ByteBuffer(capacity: Self.size)
    out.append(littleEndian: Self.magic)
    for number in [treeOffset, featureCount, descriptionOffset, fileSize, Int(descriptionChecksum)] {
      out.append(littleEndian: number)
    }
    out.append(littleEndian: 0)
    out.append(littleEndian: UInt64(Self.checksum(out.bytes)))
    return out.array
  }

  /// CRC-32 of bytes.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    libdeflate_crc32(0, bytes.baseAddress, bytes.count)
  }
}
