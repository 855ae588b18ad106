import ArgumentParser
import HTTP

/// `mock-arcgis health`: asks a running server whether it works, for health checks of containers.
struct Health: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks a running server whether it works.", discussion: "Exits 0 when it does, 1 when it does not.")

  @Option(help: "The host of the server.")
  var host = "127.0.0.1"

  @Option(help: "The port of the server.")
  var port: UInt16 = Environment.text("port").flatMap { UInt16($0) } ?? 6080

  @Option(help: "The first part of every path.")
  var context = Environment.text("context") ?? "arcgis"

  func run() throws {
    guard let status = HealthProbe.status(host: host, port: port, context: context) else {
      throw Exit.with(.failure, "nothing answers at \(host), port \(port)")
    }
    guard status == 200 else { throw Exit.with(.failure, "the server answers with status \(status)") }
  }
}
