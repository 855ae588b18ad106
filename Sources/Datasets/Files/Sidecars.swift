/// What stands beside a raster and belongs to it: `.aux.xml`, world file and `.prj`.
struct Sidecars: Sendable {
  /// The names of those that were found.
  private(set) var files: [String] = []
  /// Nodata values by band index, from `.aux.xml`.
  private(set) var noData: [Int: Double] = [:]
  /// The transformation in `.aux.xml`.
  private(set) var transform: AffineTransform?
  /// The spatial reference in `.aux.xml`.
  private(set) var spatialReference: String?
  /// The transformation in a world file.
  private(set) var worldFile: AffineTransform?
  /// The spatial reference in a `.prj`.
  private(set) var projectionFile: String?

  /// Longer files are no sidecars.
  private static let maximumBytes = 4 << 20

  /// Looks for the sidecars of the raster at `path`. Broken ones count as missing.
  /// - Throws: `exhausted` when too many files are open to look.
  init(of path: String) throws(RasterError) {
    let name = path.lastPathComponent
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let ending = String(name[dot...].dropFirst())
    let stem = String(path.dropLast(name[dot...].count))

    if let (file, text) = try Self.read([path + ".aux.xml"]) {
      files.append(file)
      let metadata = AuxiliaryMetadata(text)
      transform = metadata.element("GeoTransform").flatMap(AffineTransform.init(geoTransform:))
      spatialReference = metadata.element("SRS")
      noData = metadata.noData
    }
    var endings = [ending + "w", "wld"]
    if let first = ending.first, let last = ending.last, ending.count > 2 { endings.insert("\(first)\(last)w", at: 0) }
    if let (file, text) = try Self.read(endings.flatMap { [stem + "." + $0, stem + "." + $0.uppercased()] }),
      let found = AffineTransform(worldFile: text)
    {
      files.append(file)
      worldFile = found
    }
    if let (file, text) = try Self.read([stem + ".prj", stem + ".PRJ"]) {
      files.append(file)
      projectionFile = text
    }
  }

  /// The first of some files that can be read.
  private static func read(_ paths: [String]) throws(RasterError) -> (name: String, text: String)? {
    for path in paths {
      guard let file = try RandomAccessFile.ifPresent(path), file.size <= maximumBytes,
        let bytes = try? file.read(at: 0, count: file.size)
      else { continue }
      return (file.name, String(decoding: bytes, as: UTF8.self))
    }
    return nil
  }
}
