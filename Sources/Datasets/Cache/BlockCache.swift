import Caching
import Dispatch
import Pixels
import Locking
import Synchronization

/// Decoded blocks of all rasters, kept while they fit into a bound of bytes, the last used ones longest.
///
/// Safe to use from many threads at once. A block that several threads ask for at the same time is decoded once.
public final class BlockCache: Sendable {
  /// The most bytes that are kept.
  public let capacity: Int

  private let shards: [Shard]
  private let bytes = Atomic<Int>(0)

  /// Bytes that an entry costs besides its block.
  private static let overhead = 256

  /// A cache that keeps at most `capacity` bytes of blocks; 0 keeps none.
  public init(capacity: Int = 256 << 20) {
    self.capacity = capacity
    shards = (0..<16).map { _ in Shard() }
  }

  /// Bytes that are kept now.
  public var byteCount: Int { bytes.load(ordering: .relaxed) }

  /// A block of a raster, decoded if it is not kept.
  /// - Parameters:
  ///   - level: index into `info.levels`.
  ///   - column: block column, from the west.
  ///   - row: block row, from the north.
  /// - Throws: what `RasterDataset.readBlock` throws. Failures are not kept.
  public func block(
    of dataset: any RasterDataset, level: Int, column: Int, row: Int
  ) throws(RasterError) -> PixelBlock {
    let key = Key(dataset: dataset.identity, level: level, column: column, row: row)
    let shard = shard(of: key)
    let (found, isMine) = shard.state.withLock { state -> (Found, Bool) in
      if let block = state.blocks.use(key) { return (.block(block), false) }
      if let flight = state.flights[key] { return (.flight(flight), false) }
      let flight = Flight()
      state.flights[key] = flight
      return (.flight(flight), true)
    }
    switch found {
    case .block(let block): return block
    case .flight(let flight):
      guard isMine else { return try flight.wait() }
      let result: Result<PixelBlock, RasterError>
      do throws(RasterError) {
        let block = try dataset.readBlock(level: level, column: column, row: row) { column, row, block in
          keep(block, for: Key(dataset: key.dataset, level: level, column: column, row: row))
        }
        keep(block, for: key)
        result = .success(block)
      } catch { result = .failure(error) }
      shard.state.withLock { state in state.flights[key] = nil }
      flight.land(result)
      return try result.get()
    }
  }

  private func keep(_ block: PixelBlock, for key: Key) {
    let cost = block.byteCount + Self.overhead
    guard cost <= capacity else { return }
    let home = shard(of: key)
    let replaced = home.state.withLock { state in state.blocks.insert(block, for: key) }
    bytes.add(cost - (replaced.map { $0.byteCount + Self.overhead } ?? 0), ordering: .relaxed)
    // Each shard in turn gives its oldest block, so that none runs empty for the sake of the others.
    var next = abs(key.hashValue % shards.count)
    var empty = 0
    while bytes.load(ordering: .relaxed) > capacity, empty < shards.count {
      next = (next + 1) % shards.count
      if let removed = shards[next].state.withLock({ state in state.blocks.removeOldest() }) {
        bytes.subtract(removed.value.byteCount + Self.overhead, ordering: .relaxed)
        empty = 0
      } else {
        empty += 1
      }
    }
  }

  private func shard(of key: Key) -> Shard { shards[abs(key.hashValue % shards.count)] }

  private struct Key: Hashable {
    var dataset: String
    var level: Int
    var column: Int
    var row: Int
  }

  private enum Found {
    case block(PixelBlock)
    case flight(Flight)
  }

  private struct State {
    var blocks = LRUList<Key, PixelBlock>()
    var flights: [Key: Flight] = [:]
  }

  private final class Shard: Sendable {
    let state = Locked(State())
  }

  /// A block that is being decoded.
  private final class Flight: Sendable {
    private let group = DispatchGroup()
    private let result = Locked<Result<PixelBlock, RasterError>?>(nil)

    init() { group.enter() }

    func land(_ landed: Result<PixelBlock, RasterError>) {
      result.withLock { $0 = landed }
      group.leave()
    }

    func wait() throws(RasterError) -> PixelBlock {
      group.wait()
      guard let landed = result.withLock({ $0 }) else { throw .unreadable("a block was not decoded") }
      return try landed.get()
    }
  }
}
