import Foundation
import JSONValue
import Testing

@Suite("Many clients at once", .servingSampleData)
struct ConcurrencyTests {
  static let pictures: [Parameters] = [
    ["bbox": "0,40,20,60", "bboxSR": "4326", "imageSR": "3857", "size": "120,90", "format": "png32", "f": "image"],
    ["bbox": "-20,-40,60,40", "size": "80,80", "format": "tiff", "f": "image"],
    ["bbox": "60,0,180,70", "imageSR": "54030", "size": "90,70", "format": "jpg", "f": "image"],
  ]

  @Test("each of many requests at the same time gets what it gets alone")
  func sameBytes() async throws {
    let server = try server()
    let path = "BlueMarble/ImageServer/exportImage"
    let alone = try Self.pictures.map { try server.get(path, $0).body }
    try await withThrowingTaskGroup { group in
      for round in 0..<24 {
        group.addTask {
          let index = round % Self.pictures.count
          let bytes = try server.get(path, Self.pictures[index]).body
          #expect(bytes == alone[index], "picture \(index)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("clients that go away while their picture is drawn leave the server well")
  func goneClients() throws {
    for _ in 0..<30 {
      let connection = try HTTPConnection(port: try server().port)
      connection.endWithReset()
      try connection.send(
        """
        GET /arcgis/rest/services/BlueMarble/ImageServer/exportImage?bbox=-180,-80,180,80&size=1500,700&f=image&imageSR=54030 \
        HTTP/1.1\r\nHost: x\r\n\r\n
        """)
      usleep(2000)
    }
    #expect(try server().get("/mock/health").status == 200)
    let answer = try server().get("BlueMarble/ImageServer/exportImage", Self.pictures[1])
    #expect(answer.status == 200 && answer.mediaType == "image/tiff")
  }
}
