import Foundation
import Testing

@testable import Tiles

@Suite("Archives of others")
struct HostileArchiveTests {
  /// Makes an archive by Python.
  private static func make(_ path: String, _ lines: String) throws {
    let _: Bool = try Python.run("import sys, zipfile\npath = sys.argv[1]\n" + lines + "\nprint('true')", path)
  }

  private static func outcome(_ path: String) -> TileCacheError? {
    do throws(TileCacheError) {
      _ = try TileCache.open(path).tile(TileAddress(level: 0, row: 0, column: 0))
      return nil
    } catch { return error }
  }

  @Test("with deflated documents are read; deflated tiles are not, and the text says what to do") func deflated() throws
  {
    let folder = try TemporaryFolder()
    let writer = try TilePackage.writer(
      .tpkx, storage: .compactV2, description: .world(levels: 0...1), folder: folder.path, fileStem: "a")
    try writer.append([1, 2, 3], at: TileAddress(level: 0, row: 0, column: 0))
    _ = try writer.finish()
    let repack = """
      z = zipfile.ZipFile(path)
      for name, deflates in (('b', lambda n: 'bundle' not in n), ('c', lambda n: True)):
          out = zipfile.ZipFile(path.replace('a.tpkx', name + '.tpkx'), 'w')
          for n in z.namelist(): out.writestr(n, z.read(n), 8 if deflates(n) else 0)
          out.close()
      """
    try Self.make(folder.file("a.tpkx"), repack)
    let reader = try TileCache.open(folder.file("b.tpkx"))
    #expect(try reader.tile(TileAddress(level: 0, row: 0, column: 0)) == [1, 2, 3])
    guard case .unsupported(let text) = Self.outcome(folder.file("c.tpkx")) else {
      Issue.record("a deflated bundle is read")
      return
    }
    #expect(text.contains("zip -0"))
  }

  @Test("that are encrypted, or claim more than they hold, are refused without taking memory for it") func claims()
    throws
  {
    let folder = try TemporaryFolder()
    // A document that says it has 3 MiB expanded, from few stored bytes; and one of really that much.
    try Self.make(
      folder.file("bomb.tpkx"),
      """
      z = zipfile.ZipFile(path, 'w')
      z.writestr('root.json', b'{' + b' ' * (200 << 20) + b'}', 8)
      z.close()
      """)
    guard case .unsupported(let text) = Self.outcome(folder.file("bomb.tpkx")) else {
      Issue.record("the bomb went off")
      return
    }
    #expect(text.contains("209715202 bytes"))
    try Self.make(
      folder.file("small.tpkx"),
      """
      z = zipfile.ZipFile(path, 'w')
      z.writestr('root.json', b'{}' * 40, 8)
      z.close()
      data = bytearray(open(path, 'rb').read())
      at = data.rindex(b'PK\\x01\\x02')
      data[at + 24:at + 28] = (3 << 20).to_bytes(4, 'little')
      open(path, 'wb').write(data)
      """)
    #expect(Self.outcome(folder.file("small.tpkx")) == .damaged("root.json in small.tpkx can't be expanded"))
  }

  @Test("with any byte of their records changed, or cut anywhere, never crash and never loop") func mutated() throws {
    let folder = try TemporaryFolder()
    let writer = try TilePackage.writer(
      .tpk, storage: .compact, description: .world(levels: 0...1), folder: folder.path, fileStem: "a")
    try writer.append([1, 2, 3], at: TileAddress(level: 0, row: 0, column: 0))
    _ = try writer.finish()
    let whole = try folder.bytes("a.tpk")
    #expect(Self.outcome(folder.file("a.tpk")) == nil)
    let first = try #require(whole.indices.first { Array(whole[$0...].prefix(4)) == [0x50, 0x4B, 1, 2] })
    var refused = 0
    for at in stride(from: first, to: whole.count, by: 3) {
      for value: UInt8 in [0, 0x7F, 0xFF] where whole[at] != value {
        var bytes = whole
        bytes[at] = value
        try folder.write(bytes, to: "b.tpk")
        if Self.outcome(folder.file("b.tpk")) != nil { refused += 1 }
      }
    }
    #expect(refused > 100)
    for count in stride(from: 0, to: whole.count, by: 4001) {
      try folder.write(Array(whole.prefix(count)), to: "c.tpk")
      #expect(Self.outcome(folder.file("c.tpk")) != nil)
    }
  }

  @Test("whose directory claims 2^32 members, or lies beyond the file, are damaged") func directory() throws {
    let folder = try TemporaryFolder()
    let writer = try ZipWriter(folder: folder.path, fileName: "a.zip", zip64Threshold: 1)
    try writer.add("root.json", "{}")
    _ = try writer.finish()
    let whole = try folder.bytes("a.zip")
    // The record of 64 bits: 56 bytes, before the locator of 20 and the last record of 22.
    let record = whole.count - 98
    #expect(Array(whole[record..<(record + 4)]) == [0x50, 0x4B, 6, 6])
    for (place, value) in [
      (24, UInt64(1) << 32), (32, UInt64(1) << 32), (40, .max), (40, 1 << 40), (48, .max), (48, 1 << 40),
    ] {
      var bytes = whole
      bytes.put(littleEndian: value, at: record + place)
      if place == 24 { bytes.put(littleEndian: value, at: record + 32) }
      try folder.write(bytes, to: "b.zip")
      guard case .damaged = Self.outcome(folder.file("b.zip")) else {
        Issue.record("\(value) at \(place) is believed")
        continue
      }
    }
  }

  @Test("that are no packages say so") func others() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 100), to: "a")
    try folder.write(Array("text".utf8), to: "b")
    try Self.make(folder.file("c"), "z = zipfile.ZipFile(path, 'w'); z.writestr('a.txt', 'a'); z.close()")
    #expect(Self.outcome(folder.file("a")) == .damaged("a is no complete zip archive: its directory is missing"))
    #expect(Self.outcome(folder.file("b")) == .unsupported("b is no package of tiles and no MBTiles file"))
    #expect(
      Self.outcome(folder.file("c"))
        == .unsupported("c is an archive without root.json or conf.xml: no package of tiles"))
    guard case .unsupported = Self.outcome(folder.path), case .system = Self.outcome(folder.file("missing")) else {
      Issue.record("a folder without a cache, or nothing at all, is opened")
      return
    }
  }
}
