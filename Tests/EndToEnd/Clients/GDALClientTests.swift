import Testing

@Suite("GDAL's driver for ArcGIS servers reads the service", .servingSampleData)
struct GDALClientTests {
  @Test("its picture is that of gdalwarp")
  func agsMiniDriver() throws {
    let folder = try TemporaryFolder()
    let file = "\(Program.sampleData)/Landsat7.ImageServer/olinda_l7_etm.tif"
    // The driver asks in blocks of 256 of a grid over the window; at level 0 these are the pixels of the window itself.
    try folder.write(
      """
      <GDAL_WMS>
        <Service name="AGS">
          <ServerUrl>http://127.0.0.1:\(try server().port)/arcgis/rest/services/Landsat7/ImageServer/exportImage?via=/export?&amp;bandIds=0,1,2&amp;interpolation=RSP_NearestNeighbor</ServerUrl>
          <BBoxOrder>xyXY</BBoxOrder><SRS>EPSG:31985</SRS><ImageFormat>tiff</ImageFormat>
        </Service>
        <DataWindow>
          <UpperLeftX>289000</UpperLeftX><UpperLeftY>9120000</UpperLeftY>
          <LowerRightX>298000</LowerRightX><LowerRightY>9111000</LowerRightY><SizeX>300</SizeX><SizeY>300</SizeY>
        </DataWindow>
        <Projection>EPSG:31985</Projection><BandsCount>3</BandsCount><BlockSizeX>256</BlockSizeX>
        <BlockSizeY>256</BlockSizeY><OverviewCount>0</OverviewCount><Timeout>30</Timeout>
      </GDAL_WMS>
      """, to: "service.xml")
    let pictures = try GDAL.shared.run(
      """
      d = gdal.Open('service.xml')
      give(d.ReadAsArray())
      a, v = warp('\(file)', (289000, 9111000, 298000, 9120000), (300, 300), 'EPSG:31985', 'near')
      assert v.all()
      give(a[:3])
      """, in: folder)
    let difference = Difference(pictures[0], pictures[1])
    #expect(difference.count == 0 && difference.common == 270_000, "\(difference)")
  }

  @Test("gdal_translate and vsicurl read an exported file from its address")
  func vsicurl() throws {
    let answer = try server().get(
      "Landsat7/ImageServer/exportImage",
      ["bbox": "289000,9111000,298000,9120000", "size": "300,300", "format": "tiff", "f": "json"])
    let href = try #require(answer.json["href"]?.string)
    let pictures = try GDAL.shared.run(
      """
      a, v = pixels('/vsicurl/\(href)')
      give(a)
      """, in: try TemporaryFolder())
    #expect(pictures[0] == (try GDAL.shared.read(try server().fetch(href).body)))
  }
}
