import Glibc

/// Finds the project's sample data, which is served when no folder is named.
enum SampleData {
  /// The folder: `MOCK_ARCGIS_DATA`, `data` beside or above the program, or where a package installs it.
  static func folder() -> String? {
    if let named = Environment.text("data") { return named }
    var candidates: [String] = []
    var program = executable()
    while let slash = program.lastIndex(of: "/") {
      program = String(program[..<slash])
      candidates.append(program + "/data")
    }
    candidates.append("/usr/share/mock-arcgis/data")
    return candidates.first { access($0 + "/LICENSES.md", R_OK) == 0 }
  }

  private static func executable() -> String {
    guard let path = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }
}
