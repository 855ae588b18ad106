import HTTP

/// `/mock/health`: whether the server works, for health checks of containers and for tests that wait for it.
enum Health {
  static func get(_ call: ControlCall) throws(ControlError) -> Response {
    Response(json: [
      "status": "ok", "services": .int(call.site.catalog.serviceCount), "worlds": .int(call.site.worlds.all.count),
    ])
  }
}
