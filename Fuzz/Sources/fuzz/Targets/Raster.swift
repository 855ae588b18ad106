import Datasets
import Glibc

extension FuzzTarget {
  /// A file of the data folder: opened, and blocks of every level read.
  static let raster = FuzzTarget(name: "Raster") { input in
    guard let path = RasterFolder.shared.write(input) else { return }
    guard let dataset = try? RasterFile.open(path) else { return }
    for (number, level) in dataset.info.levels.enumerated() {
      for row in 0..<min(3, (level.height - 1) / level.blockHeight + 1) {
        for column in 0..<min(3, (level.width - 1) / level.blockWidth + 1) {
          _ = try? dataset.readBlock(level: number, column: column, row: row)
        }
      }
    }
  }
}

/// A temporary folder where each input becomes a file with a world file beside it.
private struct RasterFolder {
  static let shared = RasterFolder()

  private let path: String

  private init() {
    var template = Array("/tmp/mock-arcgis-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder: \(String(cString: strerror(errno)))") }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    for name in ["raster.tfw", "raster.pgw", "raster.jgw"] { _ = write(Array("1\n0\n0\n-1\n0.5\n0.5\n".utf8), name) }
  }

  /// Writes a raster under the name that fits its first byte; its path, or `nil` where it can't be written.
  func write(_ bytes: [UInt8]) -> String? {
    switch bytes.first {
    case 0x89: write(bytes, "raster.png")
    case 0xff: write(bytes, "raster.jpg")
    default: write(bytes, "raster.tif")
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) -> String? {
    guard let file = fopen("\(path)/\(name)", "w") else { return nil }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count ? "\(path)/\(name)" : nil
  }
}
