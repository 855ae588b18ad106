import JSONValue
import Jobs
import Spatial
import Warp

/// The input `context`: how the pixels of a downloaded raster are made (REST API 2.8).
struct RasterContext {
  /// The kernel.
  let resampling: Resampling
  /// Width and height of a pixel, in units of the result's spatial reference; those of the service without it.
  let cellSize: (x: Double, y: Double)?
  /// The spatial reference of the result; that of the service without it.
  let spatialReference: SpatialReference?
  /// A box that limits what is made.
  let extent: ClipSetting.Area?

  private static let name = "context"

  /// Reads the input; without one the pixels come as they are.
  /// - Throws: `JobFailure` for what can't be meant.
  init(_ input: JSON?) throws(JobFailure) {
    let object = try TaskJSON.object(input, of: Self.name) ?? [:]
    switch object[anyCase: "resamplingMethod"]?.string?.uppercased() ?? "NEAREST" {
    case "NEAREST", "": resampling = .nearest
    case "BILINEAR": resampling = .bilinear
    case "CUBIC": resampling = .cubic
    default: throw TaskJSON.invalid(Self.name, "resamplingMethod NEAREST, BILINEAR or CUBIC")
    }
    cellSize = try Self.cellSize(object[anyCase: "cellSize"])
    if let json = object[anyCase: "outSR"], !json.isNull {
      guard let reference = json.string.map(SpatialReference.parse) ?? SpatialReference.read(json) else {
        throw TaskJSON.invalid(Self.name, "outSR as a well-known id or {\"wkid\":…}")
      }
      spatialReference = reference
    } else {
      spatialReference = nil
    }
    extent = try object[anyCase: "extent"].flatMap { (json) throws(JobFailure) in
      try ClipSetting.area(json, "context.extent")
    }
  }

  private static func cellSize(_ json: JSON?) throws(JobFailure) -> (x: Double, y: Double)? {
    guard let json, !json.isNull else { return nil }
    let x = json.number ?? json.object?[anyCase: "x"]?.number
    let y = json.number ?? json.object?[anyCase: "y"]?.number
    guard let x, let y, x > 0, y > 0, x.isFinite, y.isFinite else {
      throw TaskJSON.invalid(name, "cellSize as a number above 0 or {\"x\":…,\"y\":…}")
    }
    return (x, y)
  }
}
