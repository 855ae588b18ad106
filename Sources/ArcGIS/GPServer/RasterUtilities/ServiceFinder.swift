import Catalog
import Jobs

/// Finds the image services that tasks are told of by item, address or path.
struct ServiceFinder {
  /// What addresses of this server began with for the client.
  let origin: String
  let site: Site

  /// The service that an item of the portal stands for.
  func service(ofItem id: String) throws(JobFailure) -> ImageService {
    for name in site.catalog.allServices {
      if let service = try? site.catalog.service(at: name.path), service.itemId.lowercased() == id.lowercased() {
        return service
      }
    }
    throw JobFailure("ERROR 000732: inputImageLayer: the item \(id) does not exist or is inaccessible.")
  }

  /// The service at an address of this server, that of a world too, or at its path alone. The scheme is not looked at: a proxy
  /// may have changed it. What follows `?`, such as a token, does not count.
  func service(at url: String) throws(JobFailure) -> ImageService {
    let sent = Self.parts(of: url)
    let bases =
      [origin, site.publicURL ?? origin].map(Self.parts) + site.ownAuthorities.map { (authority: $0, path: "") }
    let base = bases.first { base in
      (sent.authority == nil || sent.authority == base.authority) && "\(sent.path)/".hasPrefix("\(base.path)/")
    }
    guard let base else {
      throw JobFailure(
        "ERROR 000732: inputImageLayer: \(url) is not on this server.",
        "Only image services at \(origin) can be downloaded.")
    }
    let below = sent.path.dropFirst(base.path.count)
    var path = below.split(separator: "/").map(String.init)[...]
    if path.first == "w" { path = path.dropFirst(2) }
    let words = [site.context, "rest", "services"]
    guard path.count >= 5, path.count <= 6, zip(path, words).allSatisfy({ $0.lowercased() == $1.lowercased() }),
      path.last?.lowercased() == "imageserver",
      let service = try? site.catalog.service(at: path.dropFirst(3).dropLast().joined(separator: "/"))
    else {
      throw JobFailure("ERROR 000732: inputImageLayer: \(url) does not exist or is no image service.")
    }
    return service
  }

  /// Host and port of an address in small letters, `nil` for a path alone, and its path without a slash at the end.
  private static func parts(of url: String) -> (authority: String?, path: String) {
    var rest = url.prefix { $0 != "?" && $0 != "#" }
    while rest.last == "/" { rest = rest.dropLast() }
    guard let scheme = rest.firstRange(of: "://") else { return (nil, String(rest)) }
    let authority = rest[scheme.upperBound...].prefix { $0 != "/" }
    return (authority.lowercased(), String(rest[authority.endIndex...]))
  }

  /// The service of a raster of the data folder, by an address, or by a path that ends with the raster's own one: what comes
  /// before it stands for a registered store.
  func service(ofRaster uri: String) throws(JobFailure) -> ImageService {
    if uri.contains("://") { return try service(at: uri) }
    let parts = uri.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    for name in site.catalog.allServices where name.kind == .rasterDataset {
      guard let service = try? site.catalog.service(at: name.path),
        let raster = (try? site.catalog.rasters(of: service))?.first
      else { continue }
      let own = raster.path.dropFirst(site.catalog.dataFolder.count).split(separator: "/")
      if parts.suffix(own.count).elementsEqual(own) { return service }
    }
    throw JobFailure("ERROR 000732: inputImageLayer: the raster \(uri) does not exist or is not supported.")
  }
}

extension ImageService {
  /// The item that stands for the service in the portal: what `service.json` says, else one that follows from the name
  /// (FNV-1a of 128 bits), so that it is the same wherever the service is served.
  var itemId: String {
    if let given = settings.portalItemId { return given }
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B
    let start: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    let hash = identifier.jobOwner.utf8.reduce(start) { ($0 ^ UInt128($1)) &* prime }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - text.count) + text
  }
}
