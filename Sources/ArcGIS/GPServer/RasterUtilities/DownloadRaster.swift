import Catalog
import JSONValue
import Jobs
import RasterFiles
import Spatial
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
      GPParameter(
        "outputRaster", .multiValue(.rasterDataLayer), .derived, "The rasters that were made, with their addresses."),
    ], run: run)

  private static func run(_ call: GeoprocessingTask.TaskCall) throws -> [JobValue] {
    let services = try RasterInput(call.inputs["inputImageLayer"], origin: call.job.job.origin, site: call.site)
      .services
    let clip = try ClipSetting(call.inputs["clipSetting"])
    let context = try RasterContext(call.inputs["context"])
    let extracts = try services.map {
      try ServiceExtract($0, clip: clip, context: context, site: call.site, isCancelled: { call.job.isCancelled })
    }
    let job = call.job.job
    let directory = "\(ServiceIdentifier.jobsDirectory(ofOwner: job.service))/\(job.key.id)/scratch"
    let folder = try call.site.outputs.makeFolder(directory, of: call.job.world)
    var values: [JSON] = []
    for (index, extract) in extracts.enumerated() {
      let name = extract.service.name + (extracts.count > 1 ? "\(index + 1)" : "")
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
    return [JobValue("outputRaster", dataType: "GPMultiValue:GPRasterDataLayer", .array(values))]
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
