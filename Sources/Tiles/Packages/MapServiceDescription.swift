import JSONValue

/// `mapserver.json` of a `.tpk`: the package as a map service without layers that could be asked (tile packages, 8).
struct MapServiceDescription {
  let description: TileCacheDescription

  /// The document.
  var json: JSON {
    [
      "name": "MapServer", "contents": contents,
      "resourceInfo": [
        "geoFullExtent": description.geographicExtent.cacheJSON,
        "spatialReferenceDomain": description.fullExtent.cacheJSON,
        "geoInitialExtent": description.geographicExtent.cacheJSON,
      ],
      "resources": [
        ["name": "layers", "resources": []], ["name": "tables", "resources": []],
        ["name": "legend", "contents": ["layers": []]],
      ],
    ]
  }

  private var contents: JSON {
    let reference = description.scheme.spatialReference
    let extent = description.fullExtent.cacheJSON(in: reference)
    return [
      "currentVersion": 10.31, "serviceDescription": .string(description.summary),
      "mapName": .string(description.name), "description": .string(description.summary),
      "copyrightText": .string(description.copyrightText), "supportsDynamicLayers": false, "layers": [],
      "tables": [], "spatialReference": reference.cacheJSON, "singleFusedMapCache": true, "initialExtent": extent,
      "fullExtent": extent, "minScale": .double(description.minScale), "maxScale": .double(description.maxScale),
      "units": .string(reference.cacheUnits),
      "supportedImageFormatTypes": "PNG32,PNG24,PNG,JPG,DIB,TIFF,EMF,PS,PDF,GIF,SVG,SVGZ,BMP",
      "documentInfo": [
        "Title": .string(description.name), "Author": "", "Comments": "", "Subject": .string(description.summary),
        "Category": "", "AntialiasingMode": "None", "TextAntialiasingMode": "None",
        "Keywords": .string(description.tags.joined(separator: ",")),
      ],
      "capabilities": "Map", "supportedQueryFormats": "JSON, AMF", "exportTilesAllowed": false,
      "maxRecordCount": 1000, "maxImageHeight": 4096, "maxImageWidth": 4096,
    ]
  }
}
