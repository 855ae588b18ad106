import CDeflate

/// A libdeflate compressor. One thread at a time uses it.
package struct Deflater: ~Copyable {
  private let handle: OpaquePointer

  /// A compressor of level 0 (stored) to 12 (slowest).
  package init(level: Int32) throws(EncodingError) {
    guard let handle = libdeflate_alloc_compressor(level) else { throw .library("no memory for a compressor") }
    self.handle = handle
  }

  deinit { libdeflate_free_compressor(handle) }

  /// The bytes as a zlib stream.
  package func zlib(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let bound = libdeflate_zlib_compress_bound(handle, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      count = libdeflate_zlib_compress(handle, bytes.baseAddress, bytes.count, out.baseAddress, bound)
    }
  }
}
