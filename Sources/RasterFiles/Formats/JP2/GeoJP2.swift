import Codecs
import Datasets
import Spatial

/// The place of a JPEG 2000 picture as GeoJP2 has it: a GeoTIFF of one pixel in a box of its own kind.
struct GeoJP2 {
  let layout: RasterLayout

  /// The name of the box's kind.
  private static let identifier: [UInt8] = [
    0xB1, 0x4B, 0xF8, 0xBD, 0x08, 0x3D, 0x4B, 0x43, 0xA5, 0xAE, 0x8C, 0xD7, 0xD5, 0xA6, 0xCE, 0x03,
  ]

  /// The box's content.
  var bytes: [UInt8] {
    let headerBytes = 8
    let pixelOffset = headerBytes + directory(pixelOffset: 0).bytes(at: headerBytes, next: 0).count
    let directory = directory(pixelOffset: pixelOffset).bytes(at: headerBytes, next: 0)
    return Self.identifier + [0x49, 0x49, 42, 0, UInt8(headerBytes), 0, 0, 0] + directory + [0]
  }

  private func directory(pixelOffset: Int) -> TIFFDirectory {
    let place = layout.georeference
    var directory = TIFFDirectory()
    directory.set(.imageWidth, longs: [1])
    directory.set(.imageLength, longs: [1])
    directory.set(.bitsPerSample, shorts: [8])
    directory.set(.compression, shorts: [1])
    directory.set(.photometricInterpretation, shorts: [1])
    directory.set(.stripOffsets, longs: [UInt32(pixelOffset)])
    directory.set(.samplesPerPixel, shorts: [1])
    directory.set(.rowsPerStrip, longs: [1])
    directory.set(.stripByteCounts, longs: [1])
    directory.set(.planarConfiguration, shorts: [1])
    GeoKeys(
      corner: Point(x: place.originX, y: place.originY), pixelWidth: place.pixelWidth, pixelHeight: place.pixelHeight,
      spatialReference: place.spatialReference
    ).write(to: &directory)
    return directory
  }
}
