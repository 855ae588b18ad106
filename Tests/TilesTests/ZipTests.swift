import Foundation
import Testing

@testable import Tiles

@Suite("Archives of stored members")
struct ZipTests {
  /// What Python's zipfile finds in an archive.
  struct Finding: Decodable {
    /// The first member whose checksum is wrong.
    let broken: String?
    let names: [String]
    let sizes: [Int]
    let offsets: [Int]
    let versions: [Int]
    let flags: [Int]
    /// Whether all are stored, and without a field in the directory.
    let areStored: Bool
    let arePlain: Bool
    /// Version, sizes and bytes of the field of each local header.
    let local: [[Int]]
  }

  static let script = """
    import json, struct, sys, zipfile
    z = zipfile.ZipFile(sys.argv[1])
    infos = z.infolist()
    local = []
    for i in infos[:10]:
        z.fp.seek(i.header_offset)
        h = struct.unpack('<4sHHHHHLLLHH', z.fp.read(30))
        local.append([h[1], h[7], h[8], h[10]])
    print(json.dumps({
        'broken': z.testzip(), 'names': [i.filename for i in infos[:10]], 'sizes': [i.file_size for i in infos[:10]],
        'offsets': [i.header_offset for i in infos[:10]], 'versions': sorted({i.extract_version for i in infos}),
        'flags': sorted({i.flag_bits for i in infos}),
        'areStored': all(i.compress_type == 0 and i.compress_size == i.file_size for i in infos),
        'arePlain': all(i.extra == b'' for i in infos), 'local': local}))
    """

  private static func find(_ path: String) throws -> Finding { try Python.run(script, path) }

  /// Two members of known length and one whose head is known at its end.
  private static func write(to writer: ZipWriter, limit: Int = 1000) throws {
    try writer.add("a.txt", "Hello")
    try writer.begin("tile/b.bundle", head: 7, limit: limit)
    try writer.append(Array("third ".utf8)[...])
    try writer.append(Array("fourth".utf8)[...])
    try writer.end(head: Array("second ".utf8))
    try writer.add("empty", "")
  }

  @Test("begin at once, have sizes and checksums in local headers, no flags and no fields") func plain() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip")
    try Self.write(to: writer)
    #expect(try folder.names == ["a.zip.part"])
    #expect(try writer.finish() == ["a.zip"])
    #expect(try folder.names == ["a.zip"])
    let found = try Self.find(folder.file("a.zip"))
    #expect(found.broken == nil && found.names == ["a.txt", "tile/b.bundle", "empty"] && found.sizes == [5, 19, 0])
    #expect(found.areStored && found.arePlain && found.flags == [0] && found.versions == [10])
    #expect(found.local == [[10, 5, 5, 0], [10, 19, 19, 0], [10, 0, 0, 0]])
    // 30 bytes and the name stand before "Hello".
    #expect(found.offsets == [0, 40, 102])
    let archive = try ZipArchive(file: InputFile(path: folder.file("a.zip")))
    #expect(try archive.bytes("tile/b.bundle", limit: 100) == Array("second third fourth".utf8))
    #expect(try archive.region("tile/b.bundle")?.read(at: 7, count: 5) == Array("third".utf8))
    #expect(try archive.bytes("missing", limit: 100) == nil)
  }

  @Test("say which names are UTF-8") func utf8() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip")
    try writer.add("Straßen/é.txt", "x")
    _ = try writer.finish()
    let found = try Self.find(folder.file("a.zip"))
    #expect(found.names == ["Straßen/é.txt"] && found.flags == [0x800])
  }

  @Test("have fields of 64 bits where sizes need them, and only padding where they might have") func zip64Sizes() throws
  {
    let folder = try TemporaryFolder()
    // Numbers from 15 on count as too large for 32 bits: the second member's size, and where it begins.
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip", zip64Threshold: 15)
    try Self.write(to: writer)
    _ = try writer.finish()
    let found = try Self.find(folder.file("a.zip"))
    #expect(found.broken == nil && found.names == ["a.txt", "tile/b.bundle", "empty"] && found.sizes == [5, 19, 0])
    #expect(found.versions == [10, 45])
    #expect(found.local == [[10, 5, 5, 0], [45, 0xFFFF_FFFF, 0xFFFF_FFFF, 20], [10, 0, 0, 0]])
    let archive = try ZipArchive(file: InputFile(path: folder.file("a.zip")))
    #expect(try archive.bytes("tile/b.bundle", limit: 100) == Array("second third fourth".utf8))

    let small = try ZipWriter(folder: folder.path, fileName: "b.zip", zip64Threshold: 1_000_000)
    try Self.write(to: small, limit: 1_000_000)
    _ = try small.finish()
    let padded = try Self.find(folder.file("b.zip"))
    #expect(padded.broken == nil && padded.arePlain && padded.versions == [10])
    #expect(padded.local == [[10, 5, 5, 0], [10, 19, 19, 20], [10, 0, 0, 0]])
  }

  @Test("refuse a member that outgrows what was allowed for") func outgrown() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip", zip64Threshold: 15)
    #expect(throws: TileCacheError.unsupported("a file in a.zip has 19 bytes, more than was allowed for")) {
      try Self.write(to: writer, limit: 10)
    }
  }

  @Test("reach beyond 4 GiB, read by Python and by us") func far() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip")
    try writer.add("near", "near")
    // A gap in the file takes no room on the disk.
    writer.output.seek(to: 5 << 30)
    try writer.add("far", "far away")
    _ = try writer.finish()
    let found = try Self.find(folder.file("a.zip"))
    #expect(found.broken == nil && found.offsets == [0, 5 << 30] && found.versions == [10, 45])
    let archive = try ZipArchive(file: InputFile(path: folder.file("a.zip")))
    #expect(try archive.bytes("far", limit: 100) == Array("far away".utf8))
  }

  @Test("hold more members than 16 bits count") func many() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip")
    for number in 0..<70_000 { try writer.add("\(number)", "x") }
    _ = try writer.finish()
    struct Count: Decodable { let count: Int, broken: String? }
    let found: Count = try Python.run(
      """
      import json, sys, zipfile
      z = zipfile.ZipFile(sys.argv[1])
      print(json.dumps({'count': len(z.infolist()), 'broken': z.testzip()}))
      """, folder.file("a.zip"))
    #expect(found.count == 70_000 && found.broken == nil)
    #expect(try ZipArchive(file: InputFile(path: folder.file("a.zip"))).members.count == 70_000)
  }

  @Test("that were let go leave nothing") func letGo() throws {
    let folder = try TemporaryFolder()
    for kind in TilePackage.Kind.allCases {
      let writer = try TilePackage.writer(
        kind, storage: .compactV2, description: .world(levels: 0...1), folder: folder.path, fileStem: "c")
      try writer.append([1, 2, 3], at: TileAddress(level: 0, row: 0, column: 0))
    }
    #expect(try folder.names == [])
  }

  @Test("on a full disk fail with the system's reason and leave nothing", arguments: ["tpkx", "tpk", "vtpk"])
  func fullDisk(ending: String) throws {
    let folder = try TemporaryFolder()
    // The device that is always full takes the place of the file under its temporary name.
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("c.\(ending).part"), withDestinationPath: "/dev/full")
    let expected = TileCacheError.system("can't write \(folder.file("c.\(ending)")): No space left on device")
    #expect(throws: expected) {
      if ending == "vtpk" {
        _ = try VectorPackageWriter(description: .world(levels: 0...1), folder: folder.path, fileStem: "c")
      } else {
        _ = try TilePackage.writer(
          ending == "tpk" ? .tpk : .tpkx, storage: .compactV2, description: .world(levels: 0...1), folder: folder.path,
          fileStem: "c")
      }
    }
    #expect(try folder.names == [])
  }
}
