/// Copies whole pixels from chosen places, whatever their samples are.
enum Gather {
  /// The bytes of three samples.
  private struct Triple<T: BitwiseCopyable>: BitwiseCopyable {
    let first: T
    let second: T
    let third: T
  }

  /// Copies pixels of one row.
  /// - Parameters:
  ///   - source: the source row.
  ///   - columns: for each target pixel the pixel of the source row.
  ///   - target: room for `columns.count` pixels.
  ///   - pixelBytes: bytes of a pixel.
  @inline(__always)
  static func row(
    _ source: UnsafeRawPointer, columns: UnsafeBufferPointer<Int>, into target: UnsafeMutableRawPointer, pixelBytes: Int
  ) {
    switch pixelBytes {
    case 1: copy(UInt8.self, source, columns, target)
    case 2: copy(UInt16.self, source, columns, target)
    case 3: copy(Triple<UInt8>.self, source, columns, target)
    case 4: copy(UInt32.self, source, columns, target)
    case 6: copy(Triple<UInt16>.self, source, columns, target)
    case 8: copy(UInt64.self, source, columns, target)
    case 12: copy(Triple<UInt32>.self, source, columns, target)
    default:
      for index in columns.indices {
        (target + index * pixelBytes).copyMemory(from: source + columns[index] * pixelBytes, byteCount: pixelBytes)
      }
    }
  }

  @inline(__always)
  private static func copy<T: BitwiseCopyable>(
    _ type: T.Type, _ source: UnsafeRawPointer, _ columns: UnsafeBufferPointer<Int>, _ target: UnsafeMutableRawPointer
  ) {
    let source = source.assumingMemoryBound(to: T.self)
    let target = target.assumingMemoryBound(to: T.self)
    for index in columns.indices { target[index] = source[columns[index]] }
  }

  /// Copies pixels by their rows and columns; a run of neighbouring columns goes in one piece.
  /// - Parameters:
  ///   - source: pixels of `pixelBytes`, `sourceRowBytes` a row.
  ///   - columns: for each target column the source column, growing.
  ///   - rows: for each target row the source row.
  ///   - target: room for the pixels, `targetRowBytes` a row.
  static func rectangle(
    _ source: UnsafeRawPointer, sourceRowBytes: Int, columns: [Int], rows: [Int], into target: UnsafeMutableRawPointer,
    targetRowBytes: Int, pixelBytes: Int
  ) {
    guard let first = columns.first else { return }
    let isRun = columns.indices.allSatisfy { columns[$0] == first + $0 }
    columns.withUnsafeBufferPointer { columns in
      for (index, row) in rows.enumerated() {
        let output = target + index * targetRowBytes
        let input = source + row * sourceRowBytes
        if index > 0, rows[index - 1] == row {
          output.copyMemory(from: output - targetRowBytes, byteCount: columns.count * pixelBytes)
        } else if isRun {
          output.copyMemory(from: input + first * pixelBytes, byteCount: columns.count * pixelBytes)
        } else {
          Gather.row(input, columns: columns, into: output, pixelBytes: pixelBytes)
        }
      }
    }
  }
}
