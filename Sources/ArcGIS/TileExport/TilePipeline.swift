import Dispatch
import Glibc
import Locking
import Tiles

/// Makes tiles on all cores, and hands them over in the order in which caches are written. A few small squares of tiles are
/// held at a time, however many there are.
struct TilePipeline: Sendable {
  /// Tiles that were made; a tile without data is left out.
  typealias Made = [(address: TileAddress, bytes: [UInt8])]

  /// Makes a tile; `nil` where it has no data. Called on several threads at once.
  let make: @Sendable (TileAddress) throws -> [UInt8]?
  /// Rows and columns of the squares that one thread makes at a time.
  var squareSize = 8
  /// Whether the tiles are no longer wanted.
  let isCancelled: @Sendable () -> Bool

  /// Hands the tiles of some levels over.
  /// - Parameters:
  ///   - tell: told how many tiles are done, those without data among them.
  ///   - take: takes a tile.
  /// - Returns: how many tiles were taken.
  /// - Throws: the first error; no tile is being made then any more. `CancellationError` where they are not wanted.
  func run(
    _ coverage: TileCoverage, levels: [Int], tell: (Int) -> Void, take: (TileAddress, [UInt8]) throws -> Void
  ) throws -> Int {
    var batches = TileBatches(coverage, levels: levels, size: squareSize)
    var pending: [(count: Int, result: PendingResult<Made, any Error>)] = []
    defer { for task in pending { task.result.abandon() } }
    let depth = 2 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var taken = 0
    while true {
      while pending.count < depth, let batch = batches.next() {
        let result = PendingResult { () throws(any Error) in try self.tiles(batch) }
        pending.append((batch.count, result))
        DispatchQueue.global().async { result.run() }
      }
      guard !pending.isEmpty else { return taken }
      if isCancelled() { throw CancellationError() }
      for tile in try pending[0].result.value() ?? [] {
        try take(tile.address, tile.bytes)
        taken += 1
      }
      tell(pending.removeFirst().count)
    }
  }

  private func tiles(_ batch: [TileAddress]) throws -> Made {
    var made: Made = []
    for address in batch {
      if isCancelled() { throw CancellationError() }
      if let bytes = try make(address) { made.append((address, bytes)) }
    }
    return made
  }
}
