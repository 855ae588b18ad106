/// Where the files of a cache are read: an archive or a folder.
protocol CacheSource: Sendable {
  /// What messages call it.
  var name: String { get }

  /// A file that is read at any place; `nil` when it is not there.
  /// - Throws: `unsupported` for a member of an archive that is compressed.
  func region(_ path: String) throws(TileCacheError) -> FileRegion?

  /// A whole file, expanded if it is compressed; `nil` when it is not there.
  /// - Parameter limit: how many bytes it may have.
  func bytes(_ path: String, limit: Int) throws(TileCacheError) -> [UInt8]?

  /// Holds against what is needed to read tiles that no bundle below a folder of levels is compressed.
  /// - Throws: `unsupported` when one is.
  func checkBundles(in folder: String) throws(TileCacheError)

  /// The numbers of the levels that have a folder in a folder of levels.
  func levels(in folder: String) -> [Int]
}

extension CacheSource {
  /// Longest document that describes a cache: `root.json` holds legends as pictures.
  static var documentLimit: Int { 4 << 20 }
  /// Longest of the other files of a package, such as fonts.
  static var resourceLimit: Int { 16 << 20 }

  /// The number of a level's folder: 9 of `L09`; `nil` for other names.
  static func level(of folder: some StringProtocol) -> Int? {
    guard folder.first == "L", folder.utf8.count >= 3, folder.dropFirst().allSatisfy(\.isASCII),
      let number = Int(folder.dropFirst()), number >= 0, BundleAddress.folder(of: number) == folder
    else { return nil }
    return number
  }
}
