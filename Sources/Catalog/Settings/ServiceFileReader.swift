import JSONValue
import Spatial

/// Reads the members of a `service.json`.
///
/// A value of the wrong type is an error that names the member; a member that is not known is a warning, so that a
/// misspelt name does not silently change nothing.
struct ServiceFileReader: MemberReader {
  private var file: ServiceFile

  /// Reads a whole file.
  /// - Throws: `ServiceFileError` with the first thing that is wrong.
  static func read(_ bytes: [UInt8], kind: ServiceKind) throws(ServiceFileError) -> ServiceFile {
    let json: JSON
    do {
      json = try JSON(parsing: bytes)
    } catch {
      throw ServiceFileError(reason: "is not JSON: \(error.reason) at byte \(error.offset)")
    }
    guard let object = json.object else { throw ServiceFileError(reason: "has to be a JSON object") }
    var reader = ServiceFileReader(file: ServiceFile(kind: kind))
    var declared: JSON?
    var rasters: JSON?
    var timeInfo: JSON?
    var tiling = TilingSettingsReader()
    for (name, value) in object {
      switch name {
      case "fields": declared = value
      case "rasters": rasters = value
      case "timeInfo": timeInfo = value
      default: if try !tiling.read(name, value) { try reader.read(name, value) }
      }
    }
    try tiling.checkLevels()
    reader.file.settings.tiling = tiling.settings
    reader.file.warnings += tiling.warnings
    var attributes = RasterAttributes()
    if let declared { try attributes.declare(declared) }
    if let rasters { try attributes.read(rasters) }
    reader.file.fields = attributes.fields
    reader.file.rasters = attributes.rasters
    if let timeInfo, !timeInfo.isNull {
      let read = try TimeInfoReader(timeInfo, fields: attributes.fields, kind: kind)
      reader.file.settings.timeInfo = read.timeInfo
      reader.file.warnings += read.warnings
    }
    return reader.file
  }

  private mutating func read(_ name: String, _ value: JSON) throws(ServiceFileError) {
    switch name {
    case "description", "serviceDescription": file.settings.description = try text(name, value)
    case "copyrightText": file.settings.copyrightText = try text(name, value)
    case "capabilities": file.settings.capabilities = try list(name, value)
    case "tokenRequired":
      file.settings.tokenRequired = try truth(name, value)
      if file.settings.tokenRequired { file.warnings.append("there are no tokens yet: the service is open to all") }
    case "portalItemId": file.settings.portalItemId = try text(name, value)
    case "bandNames": file.settings.bandNames = try list(name, value)
    case "spatialReference": file.settings.spatialReference = try spatialReference(name, value)
    case "serviceDataType":
      let prefix = "esriImageServiceDataType"
      let text = try text(name, value)
      file.settings.serviceDataType = try choice(
        name, .string(text.hasPrefix(prefix) ? text : prefix + text), of: ServiceSettings.serviceDataTypes)
    case "defaultMosaicMethod":
      guard let method = MosaicMethod(name: try text(name, value)) else {
        let names = MosaicMethod.allCases.map(\.rawValue).joined(separator: ", ")
        throw ServiceFileError(reason: "\"\(name)\" has to be one of \(names)")
      }
      file.settings.defaultMosaicMethod = method
    case "mosaicOperator":
      file.settings.mosaicOperator = try choice(name, value, of: ServiceSettings.mosaicOperators)
    case "sortField": file.settings.sortField = try text(name, value)
    case "sortValue": file.settings.sortValue = try sortValue(name, value)
    case "sortAscending": file.settings.sortAscending = try truth(name, value)
    case "defaultResamplingMethod":
      file.settings.defaultResamplingMethod = try choice(name, value, of: ServiceSettings.resamplingMethods)
    case "defaultCompressionQuality": file.settings.defaultCompressionQuality = try whole(name, value, in: 1...100)
    case "maxImageWidth": file.settings.maxImageWidth = try whole(name, value, in: 1...Self.largestImage)
    case "maxImageHeight": file.settings.maxImageHeight = try whole(name, value, in: 1...Self.largestImage)
    case "maxRecordCount": file.settings.maxRecordCount = try whole(name, value, in: 1...1_000_000)
    case "maxMosaicImageCount": file.settings.maxMosaicImageCount = try whole(name, value, in: 1...1_000_000)
    case "maxDownloadImageCount": file.settings.maxDownloadImageCount = try whole(name, value, in: 0...1_000_000)
    case "maxDownloadSizeLimit": file.settings.maxDownloadSizeLimit = try whole(name, value, in: 0...1_000_000_000)
    case "exportTilesAllowed": file.settings.exportTilesAllowed = try truth(name, value)
    case "maxExportTilesCount": file.settings.maxExportTilesCount = try whole(name, value, in: 0...1_000_000_000)
    default: file.warnings.append("\"\(name)\" means nothing here and is passed over")
    }
  }

  /// Columns or rows past which no setting goes, so that one request can't ask for more memory than a machine has.
  private static let largestImage = 30_000

  private func sortValue(_ name: String, _ value: JSON) throws(ServiceFileError) -> FieldValue {
    switch value {
    case .null: .null
    case .int(let number): .integer(Int64(number))
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .bool, .array, .object:
      throw ServiceFileError(reason: "\"\(name)\" has to be a number, a string or null")
    }
  }

  private func spatialReference(_ name: String, _ value: JSON) throws(ServiceFileError) -> SpatialReference {
    let text = value.string ?? value["wkt"]?.string ?? value["wkt2"]?.string
    let code = value.string == nil ? value.integer ?? value["latestWkid"]?.integer ?? value["wkid"]?.integer : nil
    if let code {
      if let reference = try? SpatialReference(wkid: code) { return reference }
    } else if let text, let reference = try? SpatialReference(wkt: text) {
      return reference
    }
    throw ServiceFileError(
      reason: "\"\(name)\" has to be a known code, or an object with a known \"wkid\" or a sound \"wkt\"")
  }
}
