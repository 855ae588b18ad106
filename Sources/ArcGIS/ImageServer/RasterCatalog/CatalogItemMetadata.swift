import Catalog
import Spatial
import Worlds

/// `…/ImageServer/{rasterId}/info/metadata`: one raster in the metadata format of ArcGIS (REST API 1.9.3).
enum CatalogItemMetadata {
  static let operation = Operation(
    item: "info/metadata", title: "Raster Metadata", "The raster described in XML.", since: ServerVersion(10, 1),
    formats: [], weight: .heavy, stable: true
  ) { call in
    .bytes(
      Array(document(of: try call.catalogRaster(), try call.imageService()).utf8), type: "text/xml;charset=UTF-8")
  }

  private static func document(of raster: CatalogRaster, _ service: ImageService) -> String {
    let native = raster.info.georeference.spatialReference
    let settings = service.settings
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <metadata xml:lang="en">
       <Esri><ArcGISFormat>1.0</ArcGISFormat><DataProperties><itemProps>
        <itemName>\(escapedMarkup(raster.name))</itemName>
       </itemProps></DataProperties></Esri>
       <dataIdInfo>
        <idCitation><resTitle>\(escapedMarkup(raster.name))</resTitle></idCitation>
        <idAbs>\(escapedMarkup(settings.description))</idAbs>
        <idCredit>\(escapedMarkup(settings.copyrightText))</idCredit>\(degrees(of: raster, service))
       </dataIdInfo>
       <refSysInfo><RefSystem><refSysID><identCode code="\(native.latestWkid ?? native.wkid ?? 0)"/></refSysID></RefSystem></refSysInfo>
       <spatRepInfo><Georect>
        <axisDimension type="002"><dimSize>\(raster.info.width)</dimSize></axisDimension>
        <axisDimension type="001"><dimSize>\(raster.info.height)</dimSize></axisDimension>
       </Georect></spatRepInfo>
       <spdoinfo><direct>Raster</direct><rastinfo>
        <rowcount>\(raster.info.height)</rowcount><colcount>\(raster.info.width)</colcount>
        <rastband>\(raster.info.bands)</rastband>
        <rastbpp>\(raster.info.pixelType.bits)</rastbpp>
       </rastinfo></spdoinfo>
       <distInfo><distFormat><formatName>\(escapedMarkup(raster.info.format))</formatName></distFormat></distInfo>
      </metadata>

      """
  }

  /// Where the raster lies in degrees; nothing where that can't be said.
  private static func degrees(of raster: CatalogRaster, _ service: ImageService) -> String {
    guard let box = try? raster.footprint.projected(from: service.spatialReference, to: .wgs84), box.isFinite else {
      return ""
    }
    return """

        <dataExt><geoEle><GeoBndBox>
         <westBL>\(box.xmin)</westBL><eastBL>\(box.xmax)</eastBL>
         <southBL>\(box.ymin)</southBL><northBL>\(box.ymax)</northBL>
        </GeoBndBox></geoEle></dataExt>
      """
  }
}
