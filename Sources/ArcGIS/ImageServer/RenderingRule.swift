import JSONValue

/// A raster function (REST API 1.6). Only the one that does nothing is there yet.
enum RenderingRule {
  /// Whether a rule asks for no processing: `{}`, no function, `null` or `None`.
  static func isNone(_ json: JSON) -> Bool {
    guard let rule = json.object else { return false }
    guard let function = rule[anyCase: "rasterFunction"], !function.isNull else {
      return rule[anyCase: "rasterFunctionInfos"] == nil && rule[anyCase: "function"] == nil
    }
    return function.string?.lowercased() == "none"
  }
}
