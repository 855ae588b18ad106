import Testing

@testable import Datasets

@Suite("YCbCr without JPEG")
struct YCbCrTests {
  @Test("Subsampled YCbCr, plain or deflated, becomes GDAL's red, green and blue")
  func subsampled() throws {
    let folder = try TemporaryFolder()
    // No writer at hand makes these: the samples are laid out by hand as TIFF 6.0 section 21 says, one strip of
    // data units of h * v luminances, then Cb and Cr.
    try GDAL.run(
      in: folder,
      """
      import zlib
      def ycbcr(name, h, v, compression):
          width, height = 24, 20
          data = bytearray()
          for y in range(0, height, v):
              for x in range(0, width, h):
                  for j in range(v):
                      for i in range(h): data.append(16 + (x + i) * 8 + (y + j) % 3)
                  data += bytes([100 + x, 200 - 3 * y])
          packed = bytes(data) if compression == 1 else zlib.compress(bytes(data))
          tags = [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 0), (259, 3, 1, compression), (262, 3, 1, 6),
                  (273, 4, 1, 8), (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, len(packed)), (530, 3, 2, h | v << 16),
                  (532, 5, 6, 0), (33550, 12, 3, 0), (33922, 12, 6, 0), (34735, 3, 16, 0)]
          at = 8 + len(packed) + len(packed) % 2
          extra = {258: struct.pack('<3H', 8, 8, 8), 532: struct.pack('<12I', 0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1),
                   33550: struct.pack('<3d', 1, 1, 0), 33922: struct.pack('<6d', 0, 0, 0, 0, 0, 0),
                   34735: struct.pack('<16H', 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32628)}
          end = at + 2 + 12 * len(tags) + 4
          body, tail = b'', b''
          for tag, kind, count, value in tags:
              if tag in extra: value = end + len(tail); tail += extra[tag]
              body += struct.pack('<HHII', tag, kind, count, value)
          head = b'II*\\0' + struct.pack('<I', at)
          open(name, 'wb').write(head + packed + b'\\0' * (len(packed) % 2) + struct.pack('<H', len(tags)) + body + struct.pack('<I', 0) + tail)
          ds = gdal.Open(name)
          with open(name + '.ref', 'wb') as f:
              f.write(struct.pack('<qqqq', 1, 3, height, width))
              for b in range(3): f.write(ds.GetRasterBand(b + 1).ReadAsArray().astype('<f8').tobytes())
              f.write(b'\\xff' * (3 * height * width))
      for h, v in ((1, 1), (2, 1), (2, 2), (4, 2)):
          for compression in (1, 8): ycbcr('%d%d-%d.tif' % (h, v, compression), h, v, compression)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
  }
}
