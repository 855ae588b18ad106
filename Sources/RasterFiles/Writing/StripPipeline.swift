import Dispatch
import Locking
import Pixels

/// Reads and prepares strips on all cores, and writes them in their order.
struct StripPipeline {
  let writer: any RasterFileWriter
  let height: Int
  let isCancelled: @Sendable () -> Bool
  let rows: RasterFileExport.Rows

  /// Strips that are read or wait to be written at once: two for each of two cores.
  private static let depth = 4

  /// A strip that a thread works on, and the one who waits for it.
  private final class Slot: Sendable {
    let result = Locked<Result<PreparedStrip, RasterFileError>?>(nil)
    let isReady = DispatchSemaphore(value: 0)
  }

  /// Runs until the file is whole.
  /// - Throws: the first error; nothing works on any strip then any more.
  func run() throws(RasterFileError) {
    var open: [Slot] = []
    var next = 0
    let queue = DispatchQueue.global()
    defer { for slot in open { slot.isReady.wait() } }
    while next < height || !open.isEmpty {
      while next < height, open.count < Self.depth {
        let range = next..<min(next + writer.stripRows, height)
        open.append(begin(range, on: queue))
        next = range.upperBound
      }
      let slot = open.removeFirst()
      slot.isReady.wait()
      if isCancelled() { throw .cancelled }
      guard let result = slot.result.withLock({ $0 }) else { throw .cancelled }
      try writer.write(try result.get())
    }
    try writer.finish()
  }

  private func begin(_ range: Range<Int>, on queue: DispatchQueue) -> Slot {
    let slot = Slot()
    let (preparation, rows, isCancelled) = (writer.preparation, rows, isCancelled)
    queue.async {
      let result: Result<PreparedStrip, RasterFileError>
      do throws(RasterFileError) {
        if isCancelled() { throw .cancelled }
        result = .success(try preparation.prepare(try rows(range), firstRow: range.lowerBound))
      } catch {
        result = .failure(error)
      }
      slot.result.withLock { $0 = result }
      slot.isReady.signal()
    }
    return slot
  }
}
