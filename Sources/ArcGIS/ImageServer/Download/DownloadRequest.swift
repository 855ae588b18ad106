import Catalog
import Datasets
import RasterFiles
import Spatial
import Worlds

/// One download: decides raster by raster whether its own files serve, and makes those that don't exist yet.
struct DownloadRequest {
  /// An area and the spatial reference of its coordinates.
  typealias Area = (geometry: Geometry, spatialReference: SpatialReference)

  let call: Call
  let service: ImageService
  /// To what the rasters are clipped.
  let area: Area?
  /// The format that was asked for.
  let format: DownloadFormat?

  /// Decoded blocks of the rasters that are read.
  private let blocks = BlockCache(capacity: 40 << 20)

  init(call: Call, service: ImageService, area: Area?, format: DownloadFormat?) {
    self.call = call
    self.service = service
    self.area = area
    self.format = format
  }

  /// What is handed out of a raster.
  private enum Plan {
    /// Its own files.
    case source(CatalogRaster)
    /// A part of it, or all of it, in a format.
    case made(CatalogRaster, RasterClip, RasterFormat)
  }

  /// The files of rasters; a file that several of them share comes once.
  /// - Throws: `ArcGISError` for an area that can't be clipped to, for more bytes than the service gives, and for a disk
  ///   that is full.
  func entries(of rasters: [CatalogRaster]) throws -> [DownloadEntry] {
    let plans = try rasters.compactMap(plan)
    try checkSize(plans.reduce(0) { $0 + leastSize($1) })
    var entries: [DownloadEntry] = []
    var places: [DownloadFile: Int] = [:]
    var folders: [String] = []
    do {
      for plan in plans {
        for entry in try files(plan, &folders) {
          if let place = places[entry.file] {
            entries[place].rasterIds += entry.rasterIds
          } else {
            places[entry.file] = entries.count
            entries.append(entry)
          }
        }
        try checkSize(entries.reduce(0) { $0 + $1.size })
      }
    } catch {
      for folder in folders { call.site.outputs.removeFolder(folder, ofWorld: call.world.id) }
      throw error
    }
    return entries
  }

  /// - Returns: `nil` for a raster that lies beside the area.
  private func plan(_ raster: CatalogRaster) throws -> Plan? {
    let dataset = { () throws -> any RasterDataset in
      try call.site.rasters.dataset(at: raster.path, averaged: false)
    }
    guard let area else {
      guard let format, format.isForced else { return .source(raster) }
      return .made(raster, RasterClip(try dataset(), cache: blocks), format.format)
    }
    let cover: GridCover
    do throws(SpatialError) {
      cover = try raster.info.grid.cover(of: area.geometry, in: area.spatialReference)
    } catch {
      throw ArcGISError.invalid(
        "geometry",
        expected: error == .tooIntricate
          ? "an area whose edges cross each other less often"
          : "an area that has a place in the spatial reference of raster \(raster.objectId)")
    }
    switch cover {
    case .nothing: return nil
    case .all:
      guard let format, format.isForced else { return .source(raster) }
      return .made(raster, RasterClip(try dataset(), cache: blocks), format.format)
    case .part(let columns, let rows, let mask):
      return .made(
        raster, RasterClip(try dataset(), columns: columns, rows: rows, mask: mask, cache: blocks),
        format?.format ?? RasterFormat(native: raster.info.format))
    }
  }

  /// Bytes that will come at least: what is known before any work is done.
  private func leastSize(_ plan: Plan) -> Int {
    switch plan {
    case .source(let raster): raster.files.reduce(0) { $0 + Int($1.size) }
    case .made(_, let clip, let format): format.isUncompressed(clip.layout) ? clip.layout.byteCount : 0
    }
  }

  private func checkSize(_ bytes: Int) throws(ArcGISError) {
    guard bytes <= service.mostDownloadBytes else {
      let limit = service.settings.maxDownloadSizeLimit
      throw .invalid(
        detail: "The requested download size exceeds the limit.",
        hint: "expected at most \(limit) MB; fewer rasters, or a smaller geometry, are less")
    }
  }

  private func files(_ plan: Plan, _ folders: inout [String]) throws -> [DownloadEntry] {
    switch plan {
    case .source(let raster):
      return raster.files.map {
        DownloadEntry(file: .source(name: $0.name), size: Int($0.size), rasterIds: [raster.objectId])
      }
    case .made(let raster, let clip, let format):
      let parent = "arcgisoutput/\(service.identifier.outputDirectory)"
      let (name, folder) = try call.site.outputs.makeNewFolder(in: parent, of: call.world) {
        DownloadFile.folder(for: raster.objectId, in: call.world)
      }
      folders.append("\(parent)/\(name)")
      let export = RasterFileExport(
        clip.layout, as: format, in: folder, stem: raster.fileStem,
        quality: service.settings.defaultCompressionQuality)
      let names: [String]
      do throws(RasterFileError) {
        names = try export.run(isCancelled: call.isCancelled) { (rows) throws(RasterFileError) in try clip.read(rows) }
      } catch {
        throw ArcGISError(
          code: 400, message: "Unable to complete operation.",
          details: ["Raster \(raster.objectId) could not be written."], hint: error.reason)
      }
      let sizes = try call.site.outputs.date(names, in: folder, of: call.world)
      return zip(names, sizes).map {
        DownloadEntry(file: .made(folder: name, name: $0), size: $1, rasterIds: [raster.objectId])
      }
    }
  }
}

extension RasterInfo {
  /// The pixels of the base.
  var grid: PixelGrid {
    PixelGrid(
      envelope: georeference.envelope(width: width, height: height), width: width, height: height,
      spatialReference: georeference.spatialReference)
  }
}

extension CatalogRaster {
  /// The name of the raster's file without its extension.
  fileprivate var fileStem: String {
    let name = files[0].name
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
