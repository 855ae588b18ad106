/// The outside of a TIFF or BigTIFF file: its byte order, its width of offsets and its chain of directories.
struct TIFFContainer: Sendable {
  let file: RandomAccessFile
  let isBigTIFF: Bool
  let isBigEndian: Bool

  /// Directories that are looked at; longer chains are pages of a document, not overviews.
  static let maximumDirectories = 128
  /// Entries of one directory that are looked at.
  static let maximumEntries = 4096

  private let firstDirectory: Int

  /// Whether a file begins as a TIFF does.
  static func matches(_ head: [UInt8]) -> Bool {
    guard head.count >= 8 else { return false }
    return switch (head[0], head[1], head[2], head[3]) {
    case (0x49, 0x49, 42, 0), (0x49, 0x49, 43, 0), (0x4D, 0x4D, 0, 42), (0x4D, 0x4D, 0, 43): true
    default: false
    }
  }

  init(file: RandomAccessFile) throws(RasterError) {
    self.file = file
    let head = try file.read(at: 0, count: min(16, file.size))
    guard Self.matches(head) else { throw .unsupported("\(file.name) is not a TIFF file") }
    isBigEndian = head[0] == 0x4D
    isBigTIFF = max(head[2], head[3]) == 43
    let order = ByteOrder(isBigEndian: isBigEndian)
    if isBigTIFF {
      guard head.count == 16, order.u16(head, 4) == 8 else {
        throw .damaged("\(file.name) has a broken BigTIFF header")
      }
      firstDirectory = Int(clamping: order.u64(head, 8))
    } else {
      firstDirectory = Int(order.u32(head, 4))
    }
  }

  var order: ByteOrder { ByteOrder(isBigEndian: isBigEndian) }

  /// The directories in the order of the chain. A chain that loops or leaves the file ends there.
  /// - Throws: when not even the first one can be read.
  func directories() throws(RasterError) -> [TIFFDirectory] {
    var found: [TIFFDirectory] = []
    var seen: Set<Int> = []
    var next = firstDirectory
    while next != 0, found.count < Self.maximumDirectories, seen.insert(next).inserted {
      do throws(RasterError) {
        let (directory, following) = try directory(at: next)
        found.append(directory)
        next = following
      } catch {
        if found.isEmpty { throw error }
        break
      }
    }
    guard !found.isEmpty else { throw .damaged("\(file.name) has no image directory") }
    return found
  }

  private func directory(at offset: Int) throws(RasterError) -> (TIFFDirectory, next: Int) {
    let countSize = isBigTIFF ? 8 : 2
    let entrySize = isBigTIFF ? 20 : 12
    let offsetSize = isBigTIFF ? 8 : 4
    let head = try file.read(at: offset, count: countSize)
    let count = isBigTIFF ? Int(clamping: order.u64(head, 0)) : Int(order.u16(head, 0))
    guard count > 0, count <= Self.maximumEntries else {
      throw .damaged("\(file.name) has a directory of \(count) entries")
    }
    let table = try file.read(at: offset + countSize, count: count * entrySize)
    var entries: [TIFFTag: TIFFEntry] = [:]
    for index in 0..<count {
      let at = index * entrySize
      guard let type = TIFFEntry.ValueType(rawValue: order.u16(table, at + 2)) else { continue }
      let values = isBigTIFF ? Int(clamping: order.u64(table, at + 4)) : Int(order.u32(table, at + 4))
      guard values <= file.size else {
        throw .damaged("\(file.name) has a directory entry that is longer than the file")
      }
      let field = at + entrySize - offsetSize
      let position =
        values * type.size <= offsetSize
        ? offset + countSize + field
        : isBigTIFF ? Int(clamping: order.u64(table, field)) : Int(order.u32(table, field))
      let tag = TIFFTag(rawValue: order.u16(table, at))
      if entries[tag] == nil { entries[tag] = TIFFEntry(type: type, count: values, position: position) }
    }
    // A file that ends right after its last entry has no next directory.
    let link = (try? file.read(at: offset + countSize + count * entrySize, count: offsetSize)) ?? []
    let next = link.isEmpty ? 0 : isBigTIFF ? Int(clamping: order.u64(link, 0)) : Int(order.u32(link, 0))
    return (TIFFDirectory(container: self, entries: entries), next)
  }
}
