import ArgumentParser

/// `mock-arcgis`: the command line.
@main
struct MockArcGISCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mock-arcgis", abstract: "A server that behaves like ArcGIS Image Server, for testing its clients.",
    version: "0.1.0", subcommands: [Serve.self, Inspect.self, Health.self])
}
