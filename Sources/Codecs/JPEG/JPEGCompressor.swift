import CImage

/// A TurboJPEG compressor. One thread at a time uses it.
package struct JPEGCompressor: ~Copyable {
  /// Pixels that libjpeg takes in a row and in a column.
  package static let longestSide = 65500

  private let handle: tjhandle
  private let quality: Int32

  /// A compressor of a quality from 1 to 100; others are held at these ends.
  package init(quality: Int) throws(EncodingError) {
    guard let handle = tjInitCompress() else { throw .library("no memory for a JPEG compressor") }
    self.handle = handle
    self.quality = Int32(min(max(quality, 1), 100))
  }

  deinit { tjDestroy(handle) }

  /// A JPEG file of grey (one channel) or red, green, blue (three) pixels.
  package func compress(_ pixels: UnsafeBufferPointer<UInt8>, width: Int, height: Int, channels: Int)
    throws(EncodingError)
    -> [UInt8]
  {
    guard width <= Self.longestSide, height <= Self.longestSide else { throw .tooLarge(width: width, height: height) }
    let (columns, rows) = (Int32(width), Int32(height))
    let sampling = Int32((channels == 1 ? TJSAMP_GRAY : TJSAMP_420).rawValue)
    let format = Int32((channels == 1 ? TJPF_GRAY : TJPF_RGB).rawValue)
    let bound = tjBufSize(columns, rows, sampling)
    var status: Int32 = -1
    let file = [UInt8](unsafeUninitializedCapacity: Int(bound)) { out, count in
      var address = out.baseAddress
      var size = bound
      status = tjCompress2(
        handle, pixels.baseAddress, columns, 0, rows, format, &address, &size, sampling, quality, TJFLAG_NOREALLOC)
      count = status == 0 ? Int(size) : 0
    }
    guard status == 0 else { throw .library(String(cString: tjGetErrorStr2(handle))) }
    return file
  }
}
