/// The parts of a baseline JPEG with one scan.
struct JPEGParts: Sendable {
  /// All before the scan's own marker, with the height that it was told.
  let tables: ArraySlice<UInt8>
  /// The scan's marker and head.
  let scanHead: ArraySlice<UInt8>
  /// The coded blocks.
  let scan: ArraySlice<UInt8>

  /// The parts of a file; `nil` when it is none.
  /// - Parameter height: the rows to write into the frame's head instead of the file's own.
  init?(_ file: [UInt8], height: Int) {
    let (startOfFrame, startOfScan): (UInt8, UInt8) = (0xC0, 0xDA)
    var file = file
    var at = 2
    while at + 9 <= file.count, file[at] == 0xFF {
      let length = Int(file[at + 2]) << 8 | Int(file[at + 3])
      let end = at + 2 + length
      // The end of the file has a marker of two bytes.
      guard end <= file.count - 2 else { return nil }
      if file[at + 1] == startOfFrame {
        file[at + 5] = UInt8(truncatingIfNeeded: height >> 8)
        file[at + 6] = UInt8(truncatingIfNeeded: height)
      }
      if file[at + 1] == startOfScan {
        tables = file[..<at]
        scanHead = file[at..<end]
        scan = file[end..<file.count - 2]
        return
      }
      at = end
    }
    return nil
  }
}
