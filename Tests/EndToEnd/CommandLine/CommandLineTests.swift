import Foundation
import JSONValue
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test(
    "bad usage exits with 64 and one sentence that says what to do",
    arguments: [
      ["serve", "--port", "x"], ["serve", "--port", "70000"], ["serve", "--port", "-1"], ["serve", "--nonsense"],
      ["serve", "--server-version", "8.0"], ["serve", "--server-version", "abc"], ["serve", "--log-level", "loud"],
      ["serve", "--log-format", "xml"], ["serve", "--context", "a/b"], ["serve", "--context", ""],
      ["serve", "--public-url", "ftp://x"], ["nonsense"], ["inspect"], ["serve", "a", "b"],
    ])
  func badUsage(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("Error:"), "\(outcome.errors)")
  }

  @Test("a bad data folder exits with 65", arguments: ["serve", "inspect"])
  func badFolder(_ command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    for path in [folder.path("none"), folder.path("file")] {
      let outcome = try Program.run([command, path] + (command == "serve" ? ["--port", "0"] : []))
      #expect(outcome.status == 65, "\(outcome)")
      #expect(outcome.output.isEmpty && outcome.errors.contains(path), "\(outcome)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
  }

  @Test("a port in use exits with 69 and names the way out")
  func portInUse() throws {
    let server = try ServerProcess(Program.sampleData)
    let outcome = try Program.run(["serve", Program.sampleData, "--port", "\(server.port)"])
    #expect(outcome.status == 69, "\(outcome)")
    #expect(outcome.output.isEmpty && outcome.errors.contains("--port"), "\(outcome.errors)")
    #expect(try server.get("?f=json").status == 200)
    try server.stop()
  }

  @Test(
    "help and version exit with 0", arguments: [["--help"], ["serve", "--help"], ["--version"], ["help", "serve"]])
  func help(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 0 && !outcome.output.isEmpty)
  }

  @Test("the ready line is the only line on standard output, and says an address that answers at once")
  func readyLine() throws {
    let server = try ServerProcess(Program.sampleData)
    #expect(
      server.readyLine == "mock-arcgis is ready at http://127.0.0.1:\(server.port)/arcgis/rest/services")
    #expect(try server.get("?f=json").status == 200)
    try server.stop()
  }

  @Test("with --public-url the ready line tells where services are found from outside, whatever ends the address")
  func readyLineOfPublicURL() throws {
    for url in ["https://maps.example.org/gis", "https://maps.example.org/gis/"] {
      let server = try ServerProcess(
        Program.sampleData, options: ["--public-url", url], port: try HTTPConnection.freePort())
      #expect(server.readyLine == "mock-arcgis is ready at https://maps.example.org/gis/arcgis/rest/services")
      try server.stop()
    }
  }

  @Test("without DATA_DIR the sample data is served")
  func sampleData() throws {
    // The program is below the folder of the project, or finds its data by the variable.
    let server = try ServerProcess(environment: ["MOCK_ARCGIS_DATA": Program.sampleData])
    #expect(try server.get("BlueMarble/ImageServer?f=json").json["name"] == "BlueMarble")
    try server.stop()
  }

  @Test("an empty folder is a server without services")
  func emptyFolder() throws {
    let folder = try TemporaryFolder()
    let server = try ServerProcess(folder.path)
    #expect(try server.get("?f=json").json["services"] == [])
    try server.stop()
  }

  @Test("environment variables stand for options, and options go before them")
  func environment() throws {
    let port = try HTTPConnection.freePort()
    let server = try ServerProcess(
      Program.sampleData, options: ["--context", "gis"],
      environment: [
        "MOCK_ARCGIS_PORT": "\(port)", "MOCK_ARCGIS_CONTEXT": "other", "MOCK_ARCGIS_SERVER_VERSION": "10.9.1",
        "MOCK_ARCGIS_HOST": "127.0.0.1", "MOCK_ARCGIS_LOG_FORMAT": "json", "MOCK_ARCGIS_LOG_LEVEL": "debug",
      ], port: nil)
    #expect(server.port == port)
    #expect(try server.get("/gis/rest/info?f=json").json["currentVersion"] == .double(10.91))
    #expect(try server.get("/other/rest/info?f=json").status == 404)
    try server.stop()
    let line = try #require(server.log.split(separator: "\n").last)
    #expect(try JSON(parsing: String(line))["message"]?.string != nil, "\(line)")
    #expect(try Program.run(["serve"], environment: ["MOCK_ARCGIS_PORT": "x"]).status == 64)
  }

  @Test("SIGTERM and SIGINT end it with 0", arguments: [SIGTERM, SIGINT])
  func signals(_ number: Int32) throws {
    let server = try ServerProcess(Program.sampleData)
    _ = try server.get("?f=json")
    server.signal(number)
    #expect(server.wait() == 0)
  }

  @Test("health exits with 0 while a server answers, then with 1")
  func health() throws {
    let server = try ServerProcess(Program.sampleData)
    #expect(try Program.run(["health", "--port", "\(server.port)"]).status == 0)
    #expect(try Program.run(["health"], environment: ["MOCK_ARCGIS_PORT": "\(server.port)"]).status == 0)
    try server.stop()
    let outcome = try Program.run(["health", "--port", "\(server.port)"])
    #expect(outcome.status == 1 && !outcome.errors.isEmpty)
  }
}
