import ArgumentParser

@main
struct MockArcGISCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mock-arcgis", abstract: "A server that behaves like ArcGIS Image Server, for testing its clients.")
}
