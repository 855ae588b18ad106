import Codecs
import Pixels
import Spatial

/// GeoTIFF: little-endian, plain samples interleaved by pixel; BigTIFF where 4 GiB would not do.
final class TIFFWriter: RasterFileWriter {
  let preparation: any StripPreparation
  private let layout: RasterLayout
  private let grid: TIFFGrid
  private let isBig: Bool
  private let file: OutputFile
  /// Where the first tile begins. Behind all tiles come the masks, then the directories.
  private let firstTile: Int
  /// The mask of each strip; `nil` where every pixel holds data.
  private var masks: [(offset: Int, count: Int)?] = []

  var stripRows: Int { grid.stripRows }

  /// Begins a file.
  /// - Parameter isBig: whether it is a BigTIFF; `nil` lets its size decide.
  init(_ layout: RasterLayout, at path: String, isBig: Bool? = nil) throws(RasterFileError) {
    self.layout = layout
    grid = TIFFGrid(layout)
    preparation = TIFFPreparation(grid: grid, writesMask: layout.hasMask)
    self.isBig = isBig ?? Self.isBig(layout)
    file = try OutputFile(path: path)
    // The head, with the directory's place, is written when that is known.
    firstTile = self.isBig ? 16 : 8
    file.seek(to: firstTile + grid.byteCount)
  }

  /// Whether the file may be larger than the offsets of a classic TIFF reach.
  static func isBig(_ layout: RasterLayout) -> Bool {
    let grid = TIFFGrid(layout)
    let mask = layout.hasMask ? (layout.width + 7) / 8 * layout.height : 0
    // Deflate adds 5 bytes to at least 5000; a strip's mask has a head and a place.
    let rest = mask + mask / 500 + layout.height * 64 + grid.tileCount * 16 + 1 << 20
    return grid.byteCount + rest > Int(UInt32.max)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    let tileBytes = strip.lengths[0]
    for place in grid.places(firstRow: strip.firstRow, count: tileBytes) {
      try file.write(strip.bytes[place.bytes], at: firstTile + place.offset)
    }
    masks.append(strip.lengths[1] == 0 ? nil : (file.position, strip.lengths[1]))
    try file.append(strip.bytes[tileBytes...])
  }

  func finish() throws(RasterFileError) {
    var directories = [imageDirectory]
    if masks.contains(where: { $0 != nil }) { directories.append(try maskDirectory()) }
    // Directories begin on a word boundary.
    file.seek(to: (file.position + 7) / 8 * 8)
    try file.write(head(directoryAt: file.position), at: 0)
    for (number, directory) in directories.enumerated() {
      let isLast = number == directories.count - 1
      try file.append(directory.bytes(at: file.position, next: isLast ? 0 : nil, isBig: isBig))
    }
    try file.close()
  }

  private func head(directoryAt offset: Int) -> [UInt8] {
    var head: [UInt8] = [0x49, 0x49]
    if isBig {
      for field in [43, 8, 0] as [UInt16] { head.append(littleEndian: field) }
      head.append(littleEndian: UInt64(offset))
    } else {
      head.append(littleEndian: UInt16(42))
      head.append(littleEndian: UInt32(truncatingIfNeeded: offset))
    }
    return head
  }

  private var imageDirectory: TIFFDirectory {
    let isPalette = layout.bands == 1 && layout.isUnsigned(upTo: 16)
    var directory = TIFFDirectory(
      width: layout.width, height: layout.height, bands: layout.bands, pixelType: layout.pixelType,
      compression: .none, colormap: isPalette ? layout.colormap : nil)
    let offsets = grid.offsets.map { firstTile + $0 }
    let counts = grid.byteCounts
    if let tileWidth = grid.tileWidth {
      directory.set(.tileWidth, longs: [UInt32(tileWidth)])
      directory.set(.tileLength, longs: [UInt32(grid.tileHeight)])
      set(.tileOffsets, offsets, in: &directory)
      set(.tileByteCounts, counts, in: &directory)
    } else {
      directory.set(.rowsPerStrip, longs: [UInt32(grid.tileHeight)])
      set(.stripOffsets, offsets, in: &directory)
      set(.stripByteCounts, counts, in: &directory)
    }
    // One value is all that GDAL's tag can say; side files say what differs from band to band.
    if let value = layout.commonNoData {
      directory.set(.gdalNoData, text: TIFFNoData.text(value, layout.pixelType))
    }
    let place = layout.georeference
    GeoKeys(
      corner: Point(x: place.originX, y: place.originY), pixelWidth: place.pixelWidth,
      pixelHeight: place.pixelHeight, spatialReference: place.spatialReference
    ).write(to: &directory)
    return directory
  }

  /// The mask's directory. Strips without holes share one mask.
  private func maskDirectory() throws(RasterFileError) -> TIFFDirectory {
    var shared: [Int: (offset: Int, count: Int)] = [:]
    var places: [(offset: Int, count: Int)] = []
    for (number, mask) in masks.enumerated() {
      let rows = min(stripRows, layout.height - number * stripRows)
      guard let known = mask ?? shared[rows] else {
        let full = [UInt8](repeating: 255, count: layout.width * rows)
        let bytes = try TIFFPreparation.compressed(full, width: layout.width, height: rows)
        let place = (file.position, bytes.count)
        try file.append(bytes)
        shared[rows] = place
        places.append(place)
        continue
      }
      places.append(known)
    }
    var directory = TIFFDirectory(maskOf: layout.width, height: layout.height)
    directory.set(.rowsPerStrip, longs: [UInt32(min(stripRows, layout.height))])
    set(.stripOffsets, places.map(\.offset), in: &directory)
    set(.stripByteCounts, places.map(\.count), in: &directory)
    return directory
  }

  private func set(_ tag: TIFFDirectory.Tag, _ numbers: [Int], in directory: inout TIFFDirectory) {
    if isBig {
      directory.set(tag, longs8: numbers.map { UInt64($0) })
    } else {
      directory.set(tag, longs: numbers.map { UInt32($0) })
    }
  }
}
