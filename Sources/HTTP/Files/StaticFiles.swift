import Glibc

/// The regular files below a folder, for answers that are files. Opening reads the disk: heavy work.
public struct StaticFiles: Sendable {
  private let root: String

  /// - Parameter root: the folder.
  public init(root: String) { self.root = root }

  /// The answer to a request for one of the files; nil when there is none.
  ///
  /// A part that is `..`, hidden, or holds a `/` or a null is never found, nor is a link that leads out of the folder.
  ///
  /// - Parameters:
  ///   - components: the decoded parts of the path below the folder.
  ///   - contentType: the media type; nil derives it from the name.
  public func response(
    to request: Request, components: [String], contentType: String? = nil, headers: Headers = [:]
  ) -> Response? {
    guard let name = components.last, components.allSatisfy(StaticFiles.isSafe),
      let base = StaticFiles.resolve(root),
      let path = StaticFiles.resolve(([base] + components).joined(separator: "/")),
      path.hasPrefix(base == "/" ? base : base + "/"), let file = try? OpenFile(path: path)
    else { return nil }
    let type = contentType ?? MediaType.ofFile(named: name)
    return Representation(file, contentType: type, headers: headers).response(to: request)
  }

  private static func isSafe(_ part: String) -> Bool {
    !part.isEmpty && !part.hasPrefix(".") && !part.utf8.contains { $0 == ASCII.slash || $0 == 0 }
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
