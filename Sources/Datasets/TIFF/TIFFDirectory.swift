/// One field of a directory: what its values are and where they stand. Values are read when they are asked for.
struct TIFFEntry: Sendable {
  let type: ValueType
  let count: Int
  /// Byte of the file where the first value begins.
  let position: Int

  enum ValueType: UInt16, Sendable {
    case byte = 1
    case ascii, short, long, rational, sbyte, undefined, sshort, slong, srational, float, double, ifd
    case long8 = 16
    case slong8, ifd8

    /// Bytes of one value.
    var size: Int {
      switch self {
      case .byte, .ascii, .sbyte, .undefined: 1
      case .short, .sshort: 2
      case .long, .slong, .float, .ifd: 4
      case .rational, .srational, .double, .long8, .slong8, .ifd8: 8
      }
    }
  }
}

/// One image directory of a TIFF file.
struct TIFFDirectory: Sendable {
  let container: TIFFContainer
  let entries: [TIFFTag: TIFFEntry]

  /// The most values that a field other than the block tables may have.
  private static let maximumValues = 1 << 20

  private var order: ByteOrder { container.order }

  /// The raw bytes of a field; `nil` when the directory has none.
  func bytes(_ tag: TIFFTag) throws(RasterError) -> [UInt8]? {
    guard let entry = entries[tag] else { return nil }
    guard entry.count <= Self.maximumValues else {
      throw .damaged("\(container.file.name) has a field \(tag.rawValue) of \(entry.count) values")
    }
    return try container.file.read(at: entry.position, count: entry.count * entry.type.size)
  }

  /// Whole numbers of a field, which must not be negative or beyond `Int`.
  func integers(_ tag: TIFFTag) throws(RasterError) -> [Int]? {
    guard let entry = entries[tag], let bytes = try bytes(tag) else { return nil }
    return try integers(of: entry, from: bytes)
  }

  /// The first whole number of a field.
  func integer(_ tag: TIFFTag) throws(RasterError) -> Int? { try integers(tag)?.first }

  /// Some of the values of a long field, such as the offsets of blocks.
  func integers(of entry: TIFFEntry, in range: Range<Int>) throws(RasterError) -> [Int] {
    guard range.lowerBound >= 0, range.upperBound <= entry.count else {
      throw .damaged("\(container.file.name) has no block \(range.upperBound - 1)")
    }
    let at = entry.position.addingReportingOverflow(range.lowerBound * entry.type.size)
    guard !at.overflow else { throw .damaged("\(container.file.name) has a block table beyond its end") }
    let bytes = try container.file.read(at: at.partialValue, count: range.count * entry.type.size)
    return try integers(of: entry, from: bytes)
  }

  private func integers(of entry: TIFFEntry, from bytes: [UInt8]) throws(RasterError) -> [Int] {
    let size = entry.type.size
    var values: [Int] = []
    values.reserveCapacity(bytes.count / size)
    for at in stride(from: 0, to: bytes.count, by: size) {
      let value: UInt64
      switch entry.type {
      case .byte, .undefined: value = UInt64(bytes[at])
      case .short: value = UInt64(order.u16(bytes, at))
      case .long, .ifd: value = UInt64(order.u32(bytes, at))
      case .long8, .ifd8: value = order.u64(bytes, at)
      case .sbyte: value = UInt64(truncatingIfNeeded: Int8(bitPattern: bytes[at]))
      case .sshort: value = UInt64(truncatingIfNeeded: Int16(bitPattern: order.u16(bytes, at)))
      case .slong: value = UInt64(truncatingIfNeeded: Int32(bitPattern: order.u32(bytes, at)))
      case .slong8: value = order.u64(bytes, at)
      case .ascii, .rational, .srational, .float, .double:
        throw .damaged("\(container.file.name) has a fraction or text where a whole number belongs")
      }
      guard let number = Int(exactly: value) else {
        throw .damaged("\(container.file.name) has the number \(value) in a field")
      }
      values.append(number)
    }
    return values
  }

  /// Numbers of a field of any numeric type.
  func doubles(_ tag: TIFFTag) throws(RasterError) -> [Double]? {
    guard let entry = entries[tag], let bytes = try bytes(tag) else { return nil }
    switch entry.type {
    case .double:
      return stride(from: 0, to: bytes.count, by: 8).map { Double(bitPattern: order.u64(bytes, $0)) }
    case .float:
      return stride(from: 0, to: bytes.count, by: 4).map { Double(Float(bitPattern: order.u32(bytes, $0))) }
    case .rational:
      return stride(from: 0, to: bytes.count, by: 8).map {
        Double(order.u32(bytes, $0)) / Double(order.u32(bytes, $0 + 4))
      }
    default:
      return try integers(of: entry, from: bytes).map(Double.init)
    }
  }

  /// The text of a field up to its first NUL.
  func text(_ tag: TIFFTag) throws(RasterError) -> String? {
    guard let entry = entries[tag], entry.type == .ascii, let bytes = try bytes(tag) else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
