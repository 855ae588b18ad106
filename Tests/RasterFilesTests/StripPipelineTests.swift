import Foundation
import Locking
import Pixels
import Testing

@testable import RasterFiles

@Suite("Strips on their way into a file")
struct StripPipelineTests {
  /// A writer that notes what it is given.
  private final class Notebook: RasterFileWriter {
    let stripRows = 7
    let preparation: any StripPreparation = PlainPreparation()
    var rows: [Range<Int>] = []
    var isFinished = false
    /// The strip that it refuses to write.
    var refused: Int?

    func write(_ strip: PreparedStrip) throws(RasterFileError) {
      if strip.firstRow == refused { throw .system("no") }
      rows.append(strip.firstRow..<strip.firstRow + strip.rows)
    }

    func finish() throws(RasterFileError) { isFinished = true }
  }

  private static func run(_ notebook: Notebook, height: Int, rows: @escaping RasterFileExport.Rows) throws {
    var layout = TestRaster(1, 1, bands: 1, .u8).layout
    layout.height = height
    try StripPipeline(writer: notebook, layout: layout, isCancelled: { false }, rows: rows).run()
  }

  private static func block(_ range: Range<Int>) -> PixelBlock {
    .empty(width: 1, height: range.count, bands: 1, pixelType: .u8)
  }

  @Test("arrive in their order, however long each takes")
  func order() throws {
    let notebook = Notebook()
    let noise = Locked(Noise(seed: 3))
    try Self.run(notebook, height: 200) { (range) throws(RasterFileError) in
      usleep(noise.withLock { UInt32($0.next() % 3000) })
      return Self.block(range)
    }
    // 28 strips of 7 rows, and 4 rows.
    #expect(notebook.rows == (0..<28).map { $0 * 7..<$0 * 7 + 7 } + [196..<200])
    #expect(notebook.isFinished)
  }

  @Test("are given up when one can't be written, and nobody reads any more")
  func refusal() throws {
    let notebook = Notebook()
    notebook.refused = 70
    let readers = Locked(0)
    #expect(throws: RasterFileError.system("no")) {
      try Self.run(notebook, height: 2000) { (range) throws(RasterFileError) in
        readers.withLock { $0 += 1 }
        defer { readers.withLock { $0 -= 1 } }
        usleep(500)
        return Self.block(range)
      }
    }
    #expect(readers.withLock { $0 } == 0)
    #expect(notebook.rows.count == 10 && !notebook.isFinished)
  }

  @Test("are prepared by the one who wants them when no thread is free")
  func noThreads() throws {
    // More pipelines than any pool has threads, each started from a thread of the pool.
    let finished = Locked(0)
    DispatchQueue.concurrentPerform(iterations: 300) { _ in
      let notebook = Notebook()
      try? Self.run(notebook, height: 30) { (range) throws(RasterFileError) in Self.block(range) }
      finished.withLock { $0 += notebook.isFinished ? 1 : 0 }
    }
    #expect(finished.withLock { $0 } == 300)
  }
}
