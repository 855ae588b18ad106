import Jobs
import Tiles
import Worlds

/// The folder that an export is written to: seen under its name when all in it is whole.
struct TileExportFolder {
  /// Its path below the world's directories.
  let directory: String
  private let job: JobContext
  private let outputs: OutputStore
  private let service: String

  /// - Parameter service: the service whose tiles are exported.
  init(_ job: JobContext, of service: ServiceIdentifier, outputs: OutputStore) {
    // Named after the job, so that one that begins anew finds what it left.
    directory = Self.directory(ofJob: job.job.key.id, owner: job.job.service)
    self.job = job
    self.outputs = outputs
    self.service = service.path
  }

  /// Where the exports of a job lie.
  static func directory(ofJob id: String, owner: String) -> String {
    let slash = owner.lastIndex(of: "/") ?? owner.endIndex
    return "arcgisoutput/\(owner[..<slash])_\(owner[slash...].dropFirst())/_ags_\(id)"
  }

  /// Fills it. Nothing is left of a failure.
  /// - Throws: what `write` throws; what could not be written as a `JobFailure`.
  func fill<Result>(_ write: (_ folder: String) throws -> Result) throws -> Result {
    let world = job.world.id
    let unfinished = OutputStore.unfinished(directory)
    outputs.removeFolder(unfinished, ofWorld: world)
    outputs.removeFolder(directory, ofWorld: world)
    do {
      let folder = try outputs.makeFolder(unfinished, of: job.world)
      let result = try write(folder)
      if job.isCancelled { throw CancellationError() }
      try outputs.dateAll(in: folder, of: job.world)
      try outputs.finishFolder(directory, of: job.world)
      return result
    } catch {
      outputs.removeFolder(unfinished, ofWorld: world)
      switch error {
      case let error as TileCacheError where error == .cancelled: throw CancellationError()
      case let error as TileCacheError: throw TileExportFailure.writing(service, error.reason)
      case let error as OutputError: throw TileExportFailure.writing(service, error.reason)
      default: throw error
      }
    }
  }
}
