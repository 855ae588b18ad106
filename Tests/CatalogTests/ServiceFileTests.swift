import Spatial
import Testing

@testable import Catalog

@Suite("A service.json")
struct ServiceFileTests {
  private func read(_ text: String) throws(ServiceFileError) -> ServiceFile {
    try ServiceFileReader.read(Array(text.utf8), kind: .mosaicDataset)
  }

  @Test("sets what it says and leaves the rest as ArcGIS Server has it")
  func settings() throws {
    let file = try read(
      """
      {"description": "Heights", "copyrightText": "NASA", "capabilities": "Image, Download", "tokenRequired": true,
       "portalItemId": "abc", "serviceDataType": "elevation", "bandNames": ["Height"],
       "spatialReference": {"wkid": 102100, "latestWkid": 3857}, "defaultMosaicMethod": "ByAttribute",
       "mosaicOperator": "mean", "sortField": "LowPS", "sortValue": 0, "sortAscending": false,
       "defaultResamplingMethod": "Nearest", "maxImageWidth": 2000, "maxImageHeight": 1000,
       "maxDownloadImageCount": 0, "colour": "red"}
      """)
    let settings = file.settings
    #expect(settings.description == "Heights")
    #expect(settings.copyrightText == "NASA")
    #expect(settings.capabilities == ["Image", "Download"])
    #expect(settings.tokenRequired)
    #expect(settings.portalItemId == "abc")
    #expect(settings.serviceDataType == "esriImageServiceDataTypeElevation")
    #expect(settings.bandNames == ["Height"])
    #expect(settings.spatialReference == .webMercator)
    #expect(settings.defaultMosaicMethod == .attribute)
    #expect(settings.mosaicOperator == "Mean")
    #expect(settings.sortField == "LowPS")
    #expect(settings.sortValue == .integer(0))
    #expect(!settings.sortAscending)
    #expect(settings.defaultResamplingMethod == "Nearest")
    #expect(settings.maxImageWidth == 2000)
    #expect(settings.maxImageHeight == 1000)
    #expect(settings.maxDownloadImageCount == 0)
    #expect(settings.defaultCompressionQuality == 75)
    #expect(settings.maxRecordCount == 1000)
    #expect(
      file.warnings == [
        "there are no tokens yet: the service is open to all", "\"colour\" means nothing here and is passed over",
      ])
  }

  @Test("makes fields of the attributes that it gives rasters, of the narrowest type that holds all their values")
  func fields() throws {
    let file = try read(
      """
      {"fields": [{"name": "Quality", "type": "esriFieldTypeDouble", "alias": "How good"}],
       "rasters": {"a.tif": {"name": "A", "Orbit": 1, "CloudCover": 1, "Acquired": "2010-01-01", "Note": "2010-01-01"},
                   "b.tif": {"ZOrder": 3, "Orbit": null, "cloudcover": 2.5, "Acquired": "2010/1/2", "Note": "x",
                             "Quality": 1}}}
      """)
    #expect(
      file.fields == [
        CatalogField(name: "Quality", type: .double, alias: "How good"), CatalogField(name: "Orbit", type: .integer),
        CatalogField(name: "CloudCover", type: .double), CatalogField(name: "Acquired", type: .date),
        CatalogField(name: "Note", type: .string, length: 256),
      ])
    // 2010-01-01 is day 14610 of Unix time.
    #expect(
      file.rasters["a.tif"] == [
        "Name": .string("A"), "Orbit": .integer(1), "CloudCover": .double(1), "Acquired": .date(14610 * 86_400_000),
        "Note": .string("2010-01-01"),
      ])
    #expect(
      file.rasters["b.tif"] == [
        "ZOrder": .integer(3), "CloudCover": .double(2.5), "Acquired": .date(14611 * 86_400_000), "Note": .string("x"),
        "Quality": .double(1),
      ])
  }

  @Test(
    "that is wrong is refused with the member that is",
    arguments: [
      ("[", "JSON"), ("[]", "object"), (#"{"description": 5}"#, "description"),
      (#"{"tokenRequired": "yes"}"#, "tokenRequired"),
      (#"{"maxImageWidth": 0}"#, "maxImageWidth"), (#"{"maxImageWidth": 1000000000}"#, "maxImageWidth"),
      (#"{"maxImageHeight": 10.5}"#, "maxImageHeight"), (#"{"capabilities": [1]}"#, "capabilities"),
      (#"{"mosaicOperator": "Median"}"#, "mosaicOperator"), (#"{"defaultMosaicMethod": "x"}"#, "defaultMosaicMethod"),
      (#"{"spatialReference": 999999}"#, "spatialReference"), (#"{"sortValue": []}"#, "sortValue"),
      (#"{"rasters": []}"#, "rasters"), (#"{"rasters": {"a.tif": 1}}"#, "a.tif"),
      (#"{"rasters": {"a.tif": {"OBJECTID": 1}}}"#, "OBJECTID"), (#"{"rasters": {"a.tif": {"Name": 1}}}"#, "Name"),
      (#"{"rasters": {"a.tif": {"two words": 1}}}"#, "two words"),
      (#"{"rasters": {"a.tif": {"x": 1}, "b.tif": {"x": "y"}}}"#, "\"x\""),
      (#"{"rasters": {"a.tif": {"x": true}}}"#, "\"x\""),
      (#"{"fields": [{"name": "x"}]}"#, "fields"),
      (#"{"fields": [{"name": "Name", "type": "esriFieldTypeString"}]}"#, "Name"),
      (#"{"fields": [{"name": "x", "type": "esriFieldTypeDate"}], "rasters": {"a.tif": {"x": "soon"}}}"#, "\"x\""),
    ])
  func refuses(text: String, member: String) throws {
    let error = #expect(throws: ServiceFileError.self) { try read(text) }
    #expect(error?.reason.contains(member) == true, "\(error?.reason ?? "")")
  }

  @Test("that names a raster or a field that is not there is reported, and serves all the same")
  func mismatches() throws {
    let folder = try TemporaryFolder()
    try folder.raster("M.ImageServer/a.tif")
    try folder.write(
      #"{"sortField": "Clouds", "rasters": {"b.tif": {"Name": "B"}, "a.tif": {"Name": "A"}}}"#,
      to: "M.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(store.services().map(\.name) == ["M"])
    #expect(store.problems.map(\.severity) == [.warning, .warning])
    #expect(store.problems.map(\.reason).joined().contains("b.tif"))
    #expect(store.problems.map(\.reason).joined().contains("Clouds"))
  }

  @Test("that is wrong costs its settings, not its service; a lone raster's lies beside it")
  func inFolder() throws {
    let folder = try TemporaryFolder()
    try folder.raster("Lone.tif")
    try folder.write(#"{"description": "alone"}"#, to: "Lone.service.json")
    try folder.copy("Lone.tif", to: "M.ImageServer/a.tif")
    try folder.write(#"{"description": 1}"#, to: "M.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: folder.path)
    #expect(try store.service(at: "Lone")?.settings.description == "alone")
    #expect(try store.service(at: "M")?.settings == ServiceSettings(kind: .mosaicDataset))
    #expect(store.problems.map(\.path) == ["M.ImageServer/service.json"])
  }
}
