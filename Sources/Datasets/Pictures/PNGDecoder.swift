import CImage

/// Decodes a PNG by libpng.
final class PNGDecoder: PictureDecoder {
  private let file: RandomAccessFile
  private let handle: OpaquePointer
  let head: PictureHead

  static func matches(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  init(file: RandomAccessFile) throws(RasterError) {
    var info = cimage_png_info()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    guard let handle = cimage_png_open(file.descriptor, &info, &message) else {
      throw .damaged("\(file.name) is a damaged PNG: \(String(cBuffer: message))")
    }
    self.file = file
    self.handle = handle
    let palette = withUnsafeBytes(of: &info.palette) { raw in
      (0..<Int(info.palette_count)).map { SIMD4(raw[4 * $0], raw[4 * $0 + 1], raw[4 * $0 + 2], raw[4 * $0 + 3]) }
    }
    let samples = Int(info.samples)
    let transparent = [info.transparent.0, info.transparent.1, info.transparent.2].prefix(samples).map(Int.init)
    head = PictureHead(
      format: "PNG", compression: "PNG", width: Int(info.width), height: Int(info.height),
      sample: info.bits < 8 ? .packed(bits: Int(info.bits)) : info.bits == 16 ? .u16 : .u8, samples: samples,
      hasAlpha: samples == 2 || samples == 4, colormap: palette.isEmpty ? nil : palette,
      transparent: info.has_transparent ? transparent : nil, isWhole: info.is_interlaced)
  }

  deinit { cimage_png_close(handle) }

  func read(rows: Int, rowBytes: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RasterError) {
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let target = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
    guard cimage_png_read(handle, UInt32(rows), rowBytes, target, &message) else {
      throw .damaged("\(file.name) is a damaged PNG: \(String(cBuffer: message))")
    }
  }
}

extension String {
  /// The text in a C buffer up to its NUL.
  init(cBuffer: [CChar]) {
    self.init(decoding: cBuffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
