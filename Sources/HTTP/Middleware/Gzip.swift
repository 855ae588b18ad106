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

  /// The most bytes that `decompress` gives.
  public static var largestContent: Int { 64 << 20 }

  /// Decompresses one member; nil when it is broken, there is no memory, or it holds more than `largestContent`.
  public static func decompress(_ bytes: [UInt8]) -> [UInt8]? {
    // The last four bytes are the length of what is packed; a liar is found out.
    guard bytes.count >= 18, let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    let count = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= largestContent, count / 1100 <= bytes.count else { return nil }
    var result = LIBDEFLATE_BAD_DATA
    let plain = [UInt8](unsafeUninitializedCapacity: count) { output, filled in
      var got = 0
      result = bytes.withUnsafeBytes {
        libdeflate_gzip_decompress(decompressor, $0.baseAddress, $0.count, output.baseAddress, count, &got)
      }
      filled = result == LIBDEFLATE_SUCCESS ? got : 0
    }
    return result == LIBDEFLATE_SUCCESS ? plain : nil
  }
}
