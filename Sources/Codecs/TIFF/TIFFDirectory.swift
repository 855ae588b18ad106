/// One image file directory of a classic little-endian TIFF (TIFF 6.0, section 2).
package struct TIFFDirectory {
  /// The tags that this module writes.
  package enum Tag: UInt16 {
    case newSubfileType = 254
    case imageWidth = 256
    case imageLength = 257
    case bitsPerSample = 258
    case compression = 259
    case photometricInterpretation = 262
    case stripOffsets = 273
    case samplesPerPixel = 277
    case rowsPerStrip = 278
    case stripByteCounts = 279
    case planarConfiguration = 284
    case predictor = 317
    case colorMap = 320
    case extraSamples = 338
    case sampleFormat = 339
    case yCbCrSubSampling = 530
    case modelPixelScale = 33550
    case modelTiepoint = 33922
    case geoKeyDirectory = 34735
    case geoAsciiParams = 34737
    case gdalNoData = 42113
  }

  private struct Field {
    let type: UInt16
    let count: Int
    let bytes: [UInt8]
  }

  private var fields: [UInt16: Field] = [:]

  /// A directory without fields.
  package init() {}

  /// Sets a field of 16-bit numbers.
  package mutating func set(_ tag: Tag, shorts values: [UInt16]) { set(tag, type: 3, values) }
  /// Sets a field of 32-bit numbers.
  package mutating func set(_ tag: Tag, longs values: [UInt32]) { set(tag, type: 4, values) }
  /// Sets a field of 64-bit floating-point numbers.
  package mutating func set(_ tag: Tag, doubles values: [Double]) { set(tag, type: 12, values.map(\.bitPattern)) }
  /// Sets a field of text.
  package mutating func set(_ tag: Tag, text: String) { set(tag, type: 2, Array(text.utf8) + [0]) }

  private mutating func set(_ tag: Tag, type: UInt16, _ values: [some FixedWidthInteger]) {
    var bytes: [UInt8] = []
    for value in values { bytes.append(littleEndian: value) }
    fields[tag.rawValue] = Field(type: type, count: values.count, bytes: bytes)
  }

  /// The directory as it stands at `offset` of a file, its long values behind it. An offset of 0 as `next` ends the
  /// chain of directories; `nil` means that the next one follows at once.
  package func bytes(at offset: Int, next: Int?) -> [UInt8] {
    let inlineEnd = offset + 2 + fields.count * 12 + 4
    var table: [UInt8] = []
    var values: [UInt8] = []
    table.append(littleEndian: UInt16(fields.count))
    for (tag, field) in fields.sorted(by: { $0.key < $1.key }) {
      table.append(littleEndian: tag)
      table.append(littleEndian: field.type)
      table.append(littleEndian: UInt32(field.count))
      if field.bytes.count <= 4 {
        table += field.bytes + [UInt8](repeating: 0, count: 4 - field.bytes.count)
      } else {
        table.append(littleEndian: UInt32(inlineEnd + values.count))
        values += field.bytes
        if values.count % 2 == 1 { values.append(0) }
      }
    }
    table.append(littleEndian: UInt32(next ?? inlineEnd + values.count))
    return table + values
  }
}
