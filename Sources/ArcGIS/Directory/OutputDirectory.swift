import HTTP
import JSONValue

/// `/rest/directories/…`: the files that operations made, whatever `f` says, and the directories that they lie in
/// (REST API 4.11).
enum OutputDirectory {
  /// Endings of files that browsers are to save.
  private static let packages = [".tpk", ".tpkx", ".vtpk", ".zip"]

  static let operation = Operation(
    "rest/directories/{*path}", title: "Output Directory", "Files that operations made.", scope: .site,
    formats: ResponseFormat.allCases, weight: .heavy
  ) { call in
    let path = call.variable("path")
    if let file = call.site.outputs.file(at: path, of: call.world) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let isPackage = packages.contains { name.hasSuffix($0) }
      return .file(path: file, type: MediaType.ofFile(named: path), name: isPackage ? name : nil)
    }
    guard let listing = call.site.outputs.listing(of: path, in: call.world) else { throw ArcGISError.fileNotFound }
    let parts = path.split(separator: "/").map { percentEncoded(String($0)) + "/" }.joined()
    let items = { (names: [String], base: String) in
      names.map { (name: $0, address: "\(base)/rest/directories/\(parts)\(percentEncoded($0))") }
    }
    let json = { (names: [String]) in
      JSON.array(items(names, call.address.root).map { ["name": .string($0.name), "url": .string($0.address)] })
    }
    let links = { (names: [String]) in
      items(names, call.address.path).map { PageContent.Link(text: $0.name, address: $0.address) }
    }
    return .json(
      ["folders": json(listing.folders), "files": json(listing.files)],
      page: PageContent(
        lists: [
          PageContent.LinkList(heading: "Folders", links: links(listing.folders)),
          PageContent.LinkList(heading: "Files", links: links(listing.files)),
        ], showsMembers: false))
  }
}
