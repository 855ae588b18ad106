import ArcGIS
import HTTP
import Mock

/// Divides requests between the faked API and the control API.
struct SiteHandler: Handler {
  let arcgis: ArcGISHandler
  let control: ControlHandler?

  /// The methods of the resource that is asked for.
  func methods(of request: Request) -> [HTTPRequest.Method] {
    isControl(request) ? control?.methods(of: request) ?? [.get] : [.get, .post]
  }

  func reply(to request: Request) -> Reply {
    guard isControl(request) else { return arcgis.reply(to: request) }
    return control?.reply(to: request) ?? .now(.text("The control API is closed.\n", .notFound))
  }

  private func isControl(_ request: Request) -> Bool {
    request.path == "/mock" || request.path.hasPrefix("/mock/")
  }
}
