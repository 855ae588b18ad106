import Catalog
import Spatial

/// A service for Google Earth: a link that draws what is looked at.
struct ServiceKMZ {
  /// What is drawn.
  let service: ImageService
  /// The request, which tells where the service is found.
  let call: Call

  /// The archive: `doc.kml` with a network link to `exportImage`.
  func archive() -> [UInt8] {
    let address =
      call.serviceAddress
      + "/exportImage?bboxSR=4326&size=1024,1024&format=png32&adjustAspectRatio=false&f=kmz"
    var zip = StoredZip()
    zip.add(
      "doc.kml",
      KML.document(
        """
         <NetworkLink>
          <name>\(escapedMarkup(service.name))</name>\(lookAt)
          <Link>
           <href>\(escapedMarkup(address))</href>
           <viewRefreshMode>onStop</viewRefreshMode>
           <viewFormat>bbox=[bboxWest],[bboxSouth],[bboxEast],[bboxNorth]</viewFormat>
          </Link>
         </NetworkLink>
        """))
    return zip.archive()
  }

  /// Where Google Earth goes: above the middle of the service, as high as it is wide.
  private var lookAt: String {
    guard let box = try? service.extent.projected(from: service.spatialReference, to: .wgs84), box.isFinite else {
      return ""
    }
    let metersPerDegree = 111_320.0
    return """

        <LookAt>
         <longitude>\(box.center.x)</longitude><latitude>\(box.center.y)</latitude>
         <range>\(max(1000, min(2e7, max(box.width, box.height) * metersPerDegree)))</range>
        </LookAt>
      """
  }
}
