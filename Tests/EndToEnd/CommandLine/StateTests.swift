import Foundation
import JSONValue
import Testing

@Suite("What a server keeps and how it stops")
struct StateTests {
  static let export = "Landsat7/ImageServer/exportImage?bbox=290000,9112000,296000,9118000&size=8,8&f=json"

  @Test("with --state outputs outlive a restart")
  func restart() throws {
    let state = try TemporaryFolder()
    let port = try HTTPConnection.freePort()
    let first = try ServerProcess(Program.sampleData, options: ["--state", state.path], port: port)
    let root = try first.get("BlueMarble/ImageServer?f=json").json
    let href = try #require(try first.get(Self.export).json["href"]?.string)
    let bytes = try first.fetch(href).body
    #expect(!bytes.isEmpty)
    try first.stop()
    let second = try ServerProcess(Program.sampleData, options: ["--state", state.path], port: port)
    #expect(try second.fetch(href).body == bytes)
    #expect(try second.get("BlueMarble/ImageServer?f=json").json == root)
    #expect(try second.get(Self.export).json["href"]?.string != href, "no name comes twice")
    #expect(try second.fetch(href).body == bytes)
    try second.stop()
  }

  @Test("a restart sees what came, went and changed in the data folder")
  func changedFolder() throws {
    let (data, state) = (try TemporaryFolder(), try TemporaryFolder())
    try GDAL.shared.run(
      """
      write('Stays.tif', np.full((5, 5), 1, np.uint8), (0, 0, 5, 5), 'EPSG:3857')
      write('Goes.tif', np.full((5, 5), 2, np.uint8), (0, 0, 5, 5), 'EPSG:3857')
      """, in: data)
    func value(_ server: ServerProcess, _ service: String) throws -> [Double] {
      Array(Set(try server.picture(service, ["bbox": "0,0,5,5", "size": "5,5"]).data))
    }
    let first = try ServerProcess(data.path, options: ["--state", state.path])
    #expect(try value(first, "Stays") == [1] && value(first, "Goes") == [2])
    try first.stop()
    try GDAL.shared.run(
      """
      os.remove('Goes.tif')
      write('Comes.tif', np.full((5, 5), 3, np.uint8), (0, 0, 5, 5), 'EPSG:3857')
      write('Stays.tif', np.full((6, 6), 4, np.uint8), (0, 0, 5, 5), 'EPSG:3857')
      """, in: data)
    let second = try ServerProcess(data.path, options: ["--state", state.path])
    let names = try second.get("?f=json").json["services"]?.array?.compactMap { $0["name"]?.string }
    #expect(names == ["Comes", "Stays"])
    #expect(try value(second, "Stays") == [4] && value(second, "Comes") == [3])
    try second.stop()
  }

  @Test("a state folder serves one server at a time")
  func lockedState() throws {
    let state = try TemporaryFolder()
    let server = try ServerProcess(Program.sampleData, options: ["--state", state.path])
    let outcome = try Program.run(["serve", Program.sampleData, "--state", state.path, "--port", "0"])
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.errors.contains(state.path), "\(outcome.errors)")
    try server.stop()
  }

  @Test("without --state nothing is left behind")
  func temporary() throws {
    let folder = try TemporaryFolder()
    let server = try ServerProcess(Program.sampleData, environment: ["TMPDIR": folder.path])
    _ = try server.get(Self.export)
    try server.stop()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("SIGTERM lets a slow download finish, takes no new connections, and ends with 0")
  func drain() throws {
    let server = try ServerProcess(Program.sampleData)
    // 4 million pixels of 6 bytes: more than the sockets' buffers hold.
    let parameters: Parameters = [
      "bbox": "289000,9111000,297000,9119000", "size": "2000,2000", "format": "bip", "f": "image",
      "interpolation": "RSP_NearestNeighbor",
    ]
    let connection = try HTTPConnection(port: server.port)
    connection.shrinkReceiveBuffer(to: 65536)
    try connection.send(
      "GET /arcgis/rest/services/Landsat7/ImageServer/exportImage?\(parameters.encoded) HTTP/1.1\r\nHost: x\r\n\r\n")
    var bytes = connection.receive(1000)
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
    server.signal(SIGTERM)
    usleep(300_000)
    #expect(server.isRunning, "the download is not over")
    #expect(throws: ServerFailure.self) { _ = try HTTPConnection(port: server.port) }
    bytes += connection.receiveAll()
    let answer = try #require(HTTPAnswer(bytes))
    // 24,000,000 samples and 4,000,000 bits.
    #expect(answer.body.count == 24_500_000)
    #expect(answer["Content-Length"] == "24500000")
    #expect(server.wait() == 0)
  }

  @Test("idle connections do not hold up the end")
  func idleConnections() throws {
    let server = try ServerProcess(Program.sampleData)
    let connections = try (0..<50).map { _ in try HTTPConnection(port: server.port) }
    try connections[0].send("GET /arcgis/rest/info?f=json HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(!connections[0].receive().isEmpty)
    try connections[1].send("GET /arcgis/rest/inf")
    server.signal(SIGTERM)
    #expect(server.wait() == 0)
    #expect(connections[2].receive().isEmpty, "closed")
  }
}
