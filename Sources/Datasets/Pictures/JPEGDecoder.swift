import CImage

/// Decodes a JPEG by libjpeg.
final class JPEGDecoder: PictureDecoder {
  private let file: RandomAccessFile
  private let handle: OpaquePointer
  let head: PictureHead

  static func matches(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  init(file: RandomAccessFile) throws(RasterError) {
    var info = cimage_jpeg_info()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    guard let handle = cimage_jpeg_open(file.descriptor, &info, &message) else {
      throw .damaged("\(file.name) is a damaged JPEG: \(String(cBuffer: message))")
    }
    self.file = file
    self.handle = handle
    head = PictureHead(
      format: "JPEG", compression: "JPEG", width: Int(info.width), height: Int(info.height), sample: .u8,
      samples: Int(info.samples), isWhole: info.has_multiple_scans)
  }

  deinit { cimage_jpeg_close(handle) }

  func read(rows: Int, rowBytes: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RasterError) {
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let target = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
    guard cimage_jpeg_read(handle, UInt32(rows), rowBytes, target, &message) else {
      throw .damaged("\(file.name) is a damaged JPEG: \(String(cBuffer: message))")
    }
  }
}
