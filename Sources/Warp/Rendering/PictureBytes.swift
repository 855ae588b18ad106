/// The samples of a picture whose parts are written by several threads.
///
/// Unchecked because the compiler can't see that each thread writes the rows of its own part, that parts don't
/// overlap, and that nobody reads before all threads are done.
struct PictureBytes: @unchecked Sendable {
  let base: UnsafeMutableRawBufferPointer

  /// Writes the samples of a part.
  func write(_ samples: [UInt8], at offset: Int) {
    samples.withUnsafeBytes { samples in
      UnsafeMutableRawBufferPointer(rebasing: base[offset..<offset + samples.count]).copyMemory(from: samples)
    }
  }
}
