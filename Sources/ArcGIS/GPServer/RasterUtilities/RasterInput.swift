import Catalog
import JSONValue
import Jobs

/// The input `inputImageLayer`: which image services are meant (REST API 2.8).
struct RasterInput {
  /// The services, in the order in which they were named; at least one.
  let services: [ImageService]

  private static let name = "inputImageLayer"

  /// Reads the input. Items go before addresses, and addresses before paths, where several are given.
  /// - Parameter origin: what addresses of this server began with for the client.
  /// - Throws: `JobFailure` for what is not here, or does not allow to be downloaded.
  init(_ input: JSON?, origin: String, site: Site) throws(JobFailure) {
    let text = input?.string.map(Arguments.trimmed) ?? ""
    let object: JSONObject =
      text.hasPrefix("{") || input?.object != nil
      ? try TaskJSON.object(input, of: Self.name) ?? [:]
        // A bare address or item is read as meant.
      : [text.contains("/") ? "url" : "itemId": .string(text)]
    let finder = ServiceFinder(origin: origin, site: site)
    var found: [ImageService] = []
    if let items = try Self.texts(object, "itemId", "itemIds") {
      for item in items { found.append(try finder.service(ofItem: item)) }
    } else if let urls = try Self.texts(object, "url", "urls") {
      for url in urls { found.append(try finder.service(at: url)) }
    } else if let uris = try Self.texts(object, "uri", "uris") {
      for uri in uris { found.append(try finder.service(ofRaster: uri)) }
    } else {
      throw TaskJSON.invalid(Self.name, "one of itemId, itemIds, url, urls and uri")
    }
    for service in found where !service.settings.capabilities.contains("Download") {
      throw JobFailure(
        "ERROR 001487: \(Self.name): \(service.path) does not allow its pixels to be downloaded.",
        "The capabilities of the image service have to contain Download.")
    }
    services = found
  }

  /// The texts under one of two names, one or several of them; `nil` where there are none.
  private static func texts(_ object: JSONObject, _ one: String, _ several: String) throws(JobFailure) -> [String]? {
    let values = [one, several].compactMap { object[anyCase: $0] }.flatMap { $0.array ?? [$0] }.filter { !$0.isNull }
    let texts = values.compactMap(\.string).map(Arguments.trimmed)
    guard texts.count == values.count else { throw TaskJSON.invalid(name, "texts under \(one) and \(several)") }
    guard texts.count <= 100 else { throw TaskJSON.invalid(name, "at most 100 image services") }
    let given = texts.filter { !$0.isEmpty }
    return given.isEmpty ? nil : given
  }
}
