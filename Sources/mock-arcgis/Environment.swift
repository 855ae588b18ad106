import ArgumentParser
import Glibc

/// The environment variables that stand in for options: `MOCK_ARCGIS_PORT` for `--port`.
enum Environment {
  /// The value for an option; an empty one counts as none.
  static func text(_ option: String) -> String? {
    let name = "MOCK_ARCGIS_" + option.uppercased().replacing("-", with: "_")
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Whether the variable of a flag says yes.
  static func flag(_ option: String) -> Bool {
    ["1", "true", "on", "yes"].contains(text(option)?.lowercased() ?? "")
  }
}
