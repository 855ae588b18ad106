import Foundation
import Locking
import Pixels
import Testing

@testable import RasterFiles

@Suite("A raster file that can't be written")
struct FailureTests {
  private static let formats: [RasterFormat] = [.tiff, .bil, .bsq, .bip, .envi, .png, .jpeg, .gif, .bmp]

  /// A layout of many strips in a format.
  private static func layout(_ format: RasterFormat) -> RasterLayout {
    TestRaster(9000, 3000, bands: format == .gif ? 1 : 3, .u8).layout
  }

  /// Rows of zeros.
  private static func zeros(_ layout: RasterLayout, _ range: Range<Int>) -> PixelBlock {
    PixelBlock(
      width: layout.width, height: range.count, bands: layout.bands, pixelType: layout.pixelType,
      samples: [UInt8](repeating: 0, count: range.count * layout.bytesPerRow))
  }

  /// The error of an export, and what is in its folder afterwards.
  private static func outcome(
    _ format: RasterFormat, in folder: URL, isCancelled: @escaping @Sendable () -> Bool = { false },
    rows: RasterFileExport.Rows? = nil
  ) throws -> (error: RasterFileError?, files: [String]) {
    let layout = layout(format)
    let rowsOfZeros: RasterFileExport.Rows = { (range) throws(RasterFileError) in zeros(layout, range) }
    let export = RasterFileExport(layout, as: format, in: folder.path, stem: "r")
    var failure: RasterFileError?
    do throws(RasterFileError) {
      _ = try export.run(isCancelled: isCancelled, rows: rows ?? rowsOfZeros)
    } catch { failure = error }
    return (failure, try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  @Test("because it was cancelled leaves nothing", arguments: formats)
  func cancelled(format: RasterFormat) throws {
    try TemporaryFolder.use { folder in
      let asked = Locked(0)
      let isCancelled: @Sendable () -> Bool = {
        asked.withLock {
          $0 += 1
          return $0 > 6
        }
      }
      let (error, files) = try Self.outcome(format, in: folder, isCancelled: isCancelled)
      #expect(error == .cancelled && files.isEmpty)
    }
  }

  @Test("because its rows can't be read leaves nothing, and nobody reads any more", arguments: formats)
  func failingRows(format: RasterFormat) throws {
    try TemporaryFolder.use { folder in
      let layout = Self.layout(format)
      let readers = Locked(0)
      let (error, files) = try Self.outcome(
        format, in: folder,
        rows: { (range) throws(RasterFileError) in
          readers.withLock { $0 += 1 }
          defer { readers.withLock { $0 -= 1 } }
          if range.contains(1700) { throw .source("the tape is torn") }
          return Self.zeros(layout, range)
        })
      #expect(error == .source("the tape is torn") && files.isEmpty)
      #expect(readers.withLock { $0 } == 0)
    }
  }

  @Test("because its rows have another form says so")
  func wrongRows() throws {
    try TemporaryFolder.use { folder in
      let (error, files) = try Self.outcome(
        .tiff, in: folder,
        rows: { (_) throws(RasterFileError) in
          PixelBlock.empty(width: 1, height: 1, bands: 1, pixelType: .u8)
        })
      #expect(error?.reason.contains("another form") == true && files.isEmpty)
    }
  }

  @Test("because the disk is full leaves nothing, and says so", arguments: formats)
  func fullDisk(format: RasterFormat) throws {
    try TemporaryFolder.use { folder in
      // The device that is always full takes the place of the file under its temporary name.
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "r.\(format.fileExtension).part").path, withDestinationPath: "/dev/full")
      let (error, files) = try Self.outcome(format, in: folder)
      #expect(error?.reason.contains("No space left on device") == true && files.isEmpty)
    }
  }

  @Test("because a side file has no room leaves nothing", arguments: ["r.pgw", "r.png.aux.xml"])
  func fullDiskAtTheEnd(name: String) throws {
    try TemporaryFolder.use { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name + ".part").path, withDestinationPath: "/dev/full")
      let (error, files) = try Self.outcome(.png, in: folder)
      #expect(error?.reason.contains("No space left on device") == true && files.isEmpty)
    }
  }

  @Test("because it has more pixels than can be counted says so", arguments: RasterFormat.allCases)
  func endless(format: RasterFormat) throws {
    try TemporaryFolder.use { folder in
      for (width, height, bands) in [
        (Int(Int32.max), Int(Int32.max), 4000), (Int.max, Int.max, Int.max), (1, 1 << 40, 1), (0, 1, 1),
      ] {
        var layout = Self.layout(.tiff)
        (layout.width, layout.height, layout.bands) = (width, height, bands)
        layout.noData = [nil]
        let export = RasterFileExport(layout, as: format, in: folder.path, stem: "r")
        let rows: RasterFileExport.Rows = { (_) throws(RasterFileError) in throw .source("not to be read") }
        #expect(throws: RasterFileError.unsupported("no file holds so many pixels")) { try export.run(rows: rows) }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.isEmpty)
      }
    }
  }

  @Test("because its folder is missing says which")
  func missingFolder() throws {
    try TemporaryFolder.use { folder in
      let layout = Self.layout(.tiff)
      let gone = folder.appending(path: "gone").path
      let export = RasterFileExport(layout, as: .tiff, in: gone, stem: "r")
      #expect(throws: RasterFileError.system("can't make \(gone)/r.tif: No such file or directory")) {
        try export.run { (range) throws(RasterFileError) in Self.zeros(layout, range) }
      }
    }
  }
}
