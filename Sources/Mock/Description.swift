import ArcGIS
import HTTP

/// `/mock/openapi.json`: every operation and parameter, machine-readable.
enum Description {
  static func get(_ call: ControlCall) throws(ControlError) -> Response {
    Response(json: OpenAPIDocument.json(context: call.site.context))
  }
}
