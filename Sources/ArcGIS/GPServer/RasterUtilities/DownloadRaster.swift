import Catalog
import Datasets
import JSONValue
import Jobs
import Locking
import RasterFiles
import Warp
import Worlds

/// The task `DownloadRaster`: parts of image services as GeoTIFFs, one a service (REST API 2.8).
enum DownloadRaster {
  static let task = GeoprocessingTask(
    name: "DownloadRaster", summary: "Downloads image services, or parts of them, at a resolution of one's choice.",
    since: ServerVersion(10, 9),
    parameters: [
      GPParameter(
        "inputImageLayer", .string, .required,
        "The image services, as JSON: {\"itemId\":…}, {\"url\":…}, {\"itemIds\":[…]}, {\"urls\":[…]} or {\"uri\":…}."),
      GPParameter(
        "clipSetting", .string, .optional,
        "The part that is wanted, as JSON: {\"ClippingGeometry\":…, \"extent\":…}, each with its spatial reference."),
      GPParameter(
        "context", .string, .optional,
        "How pixels are made, as JSON: resamplingMethod NEAREST, BILINEAR or CUBIC; cellSize; outSR."),
      output,
    ], run: run)

  private static let output = GPParameter(
    "outputRaster", .multiValue(.rasterDataLayer), .derived, "The rasters that were made, with their addresses.")

  private static func run(_ call: GeoprocessingTask.TaskCall) throws -> [JobValue] {
    let services = try RasterInput(call.inputs["inputImageLayer"], origin: call.job.job.origin, site: call.site)
      .services
    let clip = try ClipSetting(call.inputs["clipSetting"])
    let context = try RasterContext(call.inputs["context"])
    let blocks = BlockCache(capacity: 64 << 20)
    let warned = Shared<Set<Rendering.Warning>>([])
    let extracts = try services.map {
      try ServiceExtract(
        $0, clip: clip, context: context, site: call.site, blocks: blocks, isCancelled: { call.job.isCancelled }
      ) { warning in
        guard warned.value.withLock({ $0.count < 100 && $0.insert(warning).inserted }) else { return }
        call.job.add(JobMessage(.warning, "WARNING 000958: \(warning.source): \(warning.reason)"))
      }
    }
    try checkSize(of: extracts)
    let job = call.job.job
    let directory = "\(ServiceIdentifier.jobsDirectory(ofOwner: job.service))/\(job.key.id)/scratch"
    let folder = try call.site.outputs.makeFolder(directory, of: call.job.world)
    var values: [JSON] = []
    var names: Set<String> = []
    for (index, extract) in extracts.enumerated() {
      let name = Self.name(of: extract, index, among: extracts.count, taken: &names)
      let tally = RowTally(rows: extract.layout.height) { percent in
        let share = (index * 100 + percent) / extracts.count
        call.job.report(JobProgress("Downloading \(extract.service.path)...", percent: share))
      }
      let files = try write(extract, to: folder, name: name, tally, call)
      _ = try call.site.outputs.date(files, in: folder, of: call.job.world)
      call.job.add(
        .informative("Downloaded \(extract.service.path): \(extract.layout.width) x \(extract.layout.height) pixels."))
      values.append([
        "url": .string("\(JobValue.directories)/\(directory)/\(percentEncoded(files[0]))"), "format": "tif",
      ])
    }
    return [JobValue(output.name, dataType: output.type.name, .array(values))]
  }

  /// What several threads add to.
  private final class Shared<Value: Sendable>: Sendable {
    let value: Locked<Value>

    init(_ value: Value) { self.value = Locked(value) }
  }

  /// All results of a job together may weigh as much as the most generous of its services gives.
  private static func checkSize(of extracts: [ServiceExtract]) throws(JobFailure) {
    let limit = extracts.map(\.service.mostDownloadBytes).max() ?? 0
    let bytes = extracts.reduce(0.0) { $0 + Double($1.layout.byteCount) }
    guard bytes <= Double(limit) else {
      throw JobFailure("ERROR 001564: The requested rasters have together more than \(limit >> 20) MB.")
    }
  }

  /// The name of a result without its extension: that of the service, numbered where there are several.
  private static func name(of extract: ServiceExtract, _ index: Int, among count: Int, taken: inout Set<String>)
    -> String
  {
    var name = extract.service.name + (count > 1 ? "\(index + 1)" : "")
    while !taken.insert(name).inserted { name += "_" }
    return name
  }

  private static func write(
    _ extract: ServiceExtract, to folder: String, name: String, _ tally: RowTally, _ call: GeoprocessingTask.TaskCall
  ) throws(JobFailure) -> [String] {
    let export = RasterFileExport(extract.layout, as: .tiff, in: folder, stem: name)
    do throws(RasterFileError) {
      return try export.run(isCancelled: { call.job.isCancelled }) { (rows) throws(RasterFileError) in
        defer { tally.count(rows.count) }
        return try extract.read(rows)
      }
    } catch {
      throw JobFailure("ERROR 000582: \(extract.service.path) could not be downloaded: \(error.reason).")
    }
  }
}
