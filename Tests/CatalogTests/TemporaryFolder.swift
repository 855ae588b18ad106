import Foundation

/// A folder for one test, removed with its owner, and the tools that fill it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder, whose parent is made.
  func file(_ name: String) throws -> String {
    let full = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    return full
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
  }

  func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: file(name), toPath: file(other))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: file(name), withDestinationPath: target)
  }

  /// Runs a tool and gives what it wrote to standard output.
  @discardableResult
  func run(_ tool: String, _ arguments: String..., input: String? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let source = Pipe()
    process.standardInput = source
    try process.run()
    if let input { source.fileHandleForWriting.write(Data(input.utf8)) }
    try source.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ToolFailure(tool: tool, arguments: arguments) }
    return String(decoding: data, as: UTF8.self)
  }

  struct ToolFailure: Error {
    let tool: String
    let arguments: [String]
  }

  /// Makes a GeoTIFF of one value with gdal_create.
  func raster(
    _ name: String, width: Int = 10, height: Int = 10, bands: Int = 1, type: String = "Byte", burn: Double = 7,
    reference: String = "EPSG:4326", west: Double = 0, north: Double = 10, east: Double = 10, south: Double = 0
  ) throws {
    try run(
      "gdal_create", "-of", "GTiff", "-outsize", "\(width)", "\(height)", "-bands", "\(bands)", "-ot", type, "-burn",
      "\(burn)", "-a_srs", reference, "-a_ullr", "\(west)", "\(north)", "\(east)", "\(south)", file(name))
  }
}
