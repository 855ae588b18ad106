import CDeflate

/// The gzip format (RFC 1952).
public enum Gzip {
  /// Compresses; nil when there is no memory or nothing is won.
  ///
  /// - Parameter level: 1 (fast) to 12 (small).
  public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
    guard let compressor = libdeflate_alloc_compressor(level) else { return nil }
    defer { libdeflate_free_compressor(compressor) }
    // Room for less than the input: what does not get smaller is sent as it is.
    let room = bytes.count
    let compressed = [UInt8](unsafeUninitializedCapacity: room) { output, count in
      count = bytes.withUnsafeBytes {
        libdeflate_gzip_compress(compressor, $0.baseAddress, $0.count, output.baseAddress, room)
      }
    }
    return compressed.isEmpty ? nil : compressed
  }
}
