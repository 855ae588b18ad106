import ArgumentParser
import Catalog
import JSONValue
import Logging
import MockArcGIS

/// `mock-arcgis inspect`: what a folder would give.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the services that a folder would give, and why a file can't be served.",
    discussion: "Exits 1 when a file can't be served.")

  @Argument(help: "The folder to look at.")
  var dataDir: String

  @Flag(help: "Prints JSON.")
  var json = false

  func run() throws {
    let report: InspectionReport
    do {
      report = try InspectionReport(dataFolder: dataDir)
    } catch let error as CatalogError {
      throw Exit.with(Exit.badData, error.reason)
    }
    print(json ? report.json.text(.pretty) : report.text)
    if report.hasErrors { throw ExitCode(1) }
  }
}
