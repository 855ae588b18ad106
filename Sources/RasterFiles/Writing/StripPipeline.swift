import Dispatch
import Glibc
import Locking
import Pixels

/// Reads and prepares strips on all cores, and writes them in their order.
struct StripPipeline {
  private typealias StripTask = PendingResult<PreparedStrip, RasterFileError>

  let writer: any RasterFileWriter
  let layout: RasterLayout
  let isCancelled: @Sendable () -> Bool
  let rows: RasterFileExport.Rows

  /// Samples of strips that are read, made ready or written at once, in bytes.
  private static let memory = 16 << 20

  /// Strips on their way at once: two for each core, so that none waits for the one that is written; fewer where they are
  /// large; two at least.
  private var depth: Int {
    let strips = Self.memory / max(1, layout.bytesPerRow * min(writer.stripRows, layout.height))
    return max(2, min(strips, 2 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  }

  /// Runs until the file is whole.
  /// - Throws: the first error; nothing works on any strip then any more.
  func run() throws(RasterFileError) {
    var tasks: [StripTask] = []
    do throws(RasterFileError) {
      try writeStrips(&tasks)
    } catch {
      for task in tasks { task.abandon() }
      throw error
    }
    if isCancelled() { throw .cancelled }
    try writer.finish()
  }

  /// - Parameter tasks: the strips that are begun and not written.
  private func writeStrips(_ tasks: inout [StripTask]) throws(RasterFileError) {
    let depth = depth
    var next = 0
    while next < layout.height || !tasks.isEmpty {
      while next < layout.height, tasks.count < depth {
        let range = next..<min(next + writer.stripRows, layout.height)
        let task = task(for: range)
        tasks.append(task)
        DispatchQueue.global().async { task.run() }
        next = range.upperBound
      }
      if isCancelled() { throw .cancelled }
      guard let strip = try tasks.removeFirst().value() else { throw .cancelled }
      try writer.write(strip)
    }
  }

  private func task(for range: Range<Int>) -> StripTask {
    let (preparation, rows, isCancelled, layout) = (writer.preparation, rows, isCancelled, layout)
    return StripTask { () throws(RasterFileError) in
      if isCancelled() { throw .cancelled }
      let strip = try rows(range)
      guard strip.width == layout.width, strip.height == range.count, strip.bands == layout.bands,
        strip.pixelType == layout.pixelType
      else { throw .source("the rows \(range) have another form than the raster") }
      return try preparation.prepare(strip, firstRow: range.lowerBound)
    }
  }
}
