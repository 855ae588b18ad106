import Catalog
import Codecs
import Foundation
import JSONValue
import Pixels
import Tiles
import Worlds

/// The files that come with vector tiles: what the owner gives, else what the package has, else what is made for them.
struct VectorResources {
  private let service: VectorService
  private let tiles: any VectorTileSource

  /// The largest file that is given.
  private static let largestFile = 16 << 20

  init(_ call: Call) throws(ArcGISError) {
    service = try call.vectorTileService()
    tiles = try call.vectorTiles()
  }

  init(_ service: VectorService, _ tiles: any VectorTileSource) {
    self.service = service
    self.tiles = tiles
  }

  /// The bytes of a file by its path below `resources`; `nil` where there is none.
  func file(_ path: String) throws -> [UInt8]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) }) else {
      return nil
    }
    if let folder = service.resources, let bytes = Self.read(path, in: folder) { return bytes }
    return try tiles.resource("resources/\(path)")
  }

  /// The style: the owner's, the package's, or one that draws every layer by what it holds.
  func style() throws -> [UInt8] {
    if let own = try file("styles/root.json") { return own }
    return DefaultStyle(
      name: service.name, tiles: tiles, fontstack: try fontstacks().first,
      hasSprite: try file("sprites/sprite.json") != nil
    ).json.serialized()
  }

  /// The names of the fonts that there are.
  func fontstacks() throws -> [String] {
    let folder = service.resources.map { "\($0)/fonts" }
    let own = (folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []).sorted()
    let stacks = own.filter { name in
      !name.hasPrefix(".") && folder.map { Self.isFolder("\($0)/\(name)") } ?? false
    }
    if !stacks.isEmpty { return stacks }
    return Array(Set(try listed().compactMap { Self.fontstack(of: $0) })).sorted()
  }

  /// The files that styles refer to, relative to `resources/info` (REST API 3.7).
  func list() throws -> [String] {
    guard let folder = service.resources else { return try listed() }
    var files: [String] = []
    for stack in try fontstacks() {
      let ranges = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fonts/\(stack)")) ?? []
      files += ranges.filter { $0.hasSuffix(".pbf") && !$0.hasPrefix(".") }
        .sorted { (Int($0.prefix { $0 != "-" }) ?? 0) < (Int($1.prefix { $0 != "-" }) ?? 0) }
        .map { "../fonts/\(stack)/\($0)" }
    }
    let sprites = ["sprite.json", "sprite.png", "sprite@2x.json", "sprite@2x.png"]
    return files + sprites.filter { Self.read("sprites/\($0)", in: folder) != nil }.map { "../sprites/\($0)" }
  }

  /// What the package's own list says.
  private func listed() throws -> [String] {
    guard let bytes = try tiles.resource("resources/info/root.json"), let json = try? JSON(parsing: bytes) else {
      return []
    }
    return json["resourceInfo"]?.array?.compactMap(\.string) ?? []
  }

  private static func fontstack(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard let fonts = parts.firstIndex(of: "fonts"), fonts + 2 < parts.count else { return nil }
    return String(parts[fonts + 1])
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func canonical(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A file of a folder; `nil` where there is none, it leads out of the folder, or it is too large.
  private static func read(_ path: String, in folder: String) -> [UInt8]? {
    guard let root = canonical(folder), let file = canonical("\(folder)/\(path)") else { return nil }
    var status = stat()
    guard file.hasPrefix(root + "/"), stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= largestFile, let data = FileManager.default.contents(atPath: file)
    else { return nil }
    return [UInt8](data)
  }
}

/// `…/VectorTileServer/resources/…`: styles, sprites, fonts and their list (REST API 3.4 to 3.7). They are read anew for each
/// request: who edits a style sees it at the next one.
enum VectorResourceFiles {
  static let operations = [
    style("resources/styles"), style("resources/styles/root.json"), sprite, font, info("resources/info"),
    info("resources/info/root.json"),
  ]

  private static func style(_ path: PathPattern) -> Operation {
    Operation(
      path, title: "Style", "How the tiles are drawn: a style of version 8.", scope: .vectorTileService,
      since: VectorTiles.since, formats: [.json, .pjson, .html], weight: .heavy
    ) { call in
      let bytes = try VectorResources(call).style()
      guard let json = try? JSON(parsing: bytes) else {
        throw ArcGISError(
          code: 500, message: "Error: the style can't be read.", status: 500, hint: "root.json of the styles is no JSON"
        )
      }
      return .json(json)
    }
  }

  private static let sprite = Operation(
    "resources/sprites/{name}", title: "Sprite", "Pictures that styles draw.", scope: .vectorTileService,
    since: VectorTiles.since, formats: [], weight: .heavy
  ) { call in
    let name = call.variable("name")
    guard let kind = ["json", "png"].first(where: { ["sprite.\($0)", "sprite@2x.\($0)"].contains(name) }) else {
      throw ArcGISError.fileNotFound
    }
    let type = kind == "json" ? "application/json;charset=UTF-8" : "image/png"
    let own = try VectorResources(call).file("sprites/\(name)")
    if let own { return .bytes(own, type: type) }
    // A service without sprites has an empty sheet of one pixel.
    let empty = PixelBlock.empty(width: 1, height: 1, bands: 1, pixelType: .u8)
    return .bytes(kind == "json" ? Array("{}".utf8) : try ImageFormat.png32.encode(empty).bytes, type: type)
  }

  private static let font = Operation(
    "resources/fonts/{stack}/{range}", title: "Font", "Signed distance fields of glyphs.", scope: .vectorTileService,
    since: VectorTiles.since, formats: [], weight: .heavy
  ) { call in
    let (stack, range) = (call.variable("stack"), call.variable("range"))
    guard let glyphs = GlyphRange(fileName: range) else { throw ArcGISError.fileNotFound }
    let resources = try VectorResources(call)
    // Of a stack of several fonts the first that is there.
    for name in [stack] + stack.split(separator: ",").map({ String($0.drop { $0 == " " }) }) {
      if let file = try resources.file("fonts/\(name)/\(range)") {
        return .bytes(file, type: "application/x-protobuf")
      }
    }
    return .bytes(glyphs.empty(stack), type: "application/x-protobuf")
  }

  private static func info(_ path: PathPattern) -> Operation {
    Operation(
      path, title: "Info", "The files that styles refer to.", scope: .vectorTileService, since: VectorTiles.since,
      formats: [.json, .pjson, .html], weight: .heavy
    ) { call in
      .json(["resourceInfo": .array(try VectorResources(call).list().map(JSON.string))])
    }
  }
}
