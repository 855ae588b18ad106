/// `/arcgis` and `/arcgis/rest`, which lead on to the services.
enum ServerRoot {
  static let context = leadingOn(from: "")
  static let rest = leadingOn(from: "rest")

  private static func leadingOn(from path: PathPattern) -> Operation {
    Operation(path, title: "REST", "Leads on to the services.", scope: .site, formats: [], weight: .light) { call in
      .redirect(call.address.services)
    }
  }
}
