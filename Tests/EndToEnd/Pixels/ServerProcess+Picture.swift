import Testing

extension ServerProcess {
  /// The pixels of an exported TIFF, or of another format that GDAL reads.
  func picture(_ service: String, _ parameters: Parameters) throws -> Picture {
    let answer = try post("\(service)/ImageServer/exportImage", ["format": "tiff", "f": "image"] + parameters)
    try #require(answer.status == 200)
    try #require(answer.body.first != UInt8(ascii: "{"), "\(answer.text.prefix(300))")
    return try GDAL.shared.read(answer.body)
  }
}
