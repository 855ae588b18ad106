import Catalog
import JSONValue
import Worlds

/// `/rest/services` and its folders (REST API 4.2).
enum ServicesDirectory {
  static let root = Operation(
    "rest/services", title: "Folder: /", "The folders and services of the server.", scope: .site, weight: .light,
    stable: true
  ) { call in try answer(call, folder: nil) }

  static let folder = Operation(
    "rest/services/{folder}", title: "Folder", "The services of a folder.", scope: .site, weight: .heavy, stable: true
  ) { call in
    guard let folder = call.variables["folder"], call.site.folders.contains(folder) else {
      throw ArcGISError.folderNotFound
    }
    return try answer(call, folder: folder)
  }

  private static func answer(_ call: Call, folder: String?) throws -> Answer {
    let folders = folder == nil ? call.site.folders : []
    let services = call.site.services(inFolder: folder)
    var members: JSONObject = ["currentVersion": .double(call.version.number)]
    if call.version >= ServerVersion(10, 8) { members["cimVersion"] = "3.1.0" }
    members["folders"] = .array(folders.map(JSON.string))
    members["services"] = .array(services.map { ["name": .string($0.path), "type": .string($0.type.rawValue)] })
    let base = "\(call.address.path)/rest/services"
    return .json(
      .object(members),
      page: PageContent(
        lists: [
          PageContent.LinkList(
            heading: "Folders",
            links: folders.map { .init(text: $0, address: "\(base)/\(percentEncoded($0))") }),
          PageContent.LinkList(
            heading: "Services",
            links: services.map {
              .init(text: $0.path, address: call.address.path(of: $0), suffix: "(\($0.type.rawValue))")
            }),
        ], showsMembers: false))
  }
}
