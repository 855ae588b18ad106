import JSONValue
import Worlds

/// `/rest/info`: which release this is, and how to sign in (REST API 4.1).
enum ServerInfo {
  static let operation = Operation(
    "rest/info", title: "Server Info", "Which release this is, and how to sign in.", scope: .site, weight: .light,
    stable: true
  ) { call in
    var info: JSONObject = ["currentVersion": .double(call.version.number)]
    if call.version >= ServerVersion(10, 1) { info["fullVersion"] = .string(call.version.full) }
    info["soapUrl"] = .string("\(call.address.root)/services")
    info["authInfo"] = ["isTokenBasedSecurity": false]
    return .json(.object(info))
  }
}
