import Glibc
import Tiles

/// A GeoJSON file, ready to be cut into tiles. Immutable: any number of threads may use it at once.
///
/// The index is a file of its own, which the system reads piece by piece as tiles want it; it may be deleted at any time, and
/// is then made again by the next `open`.
public final class LayerIndex: Sendable {
  /// What is known of the layer.
  public let description: LayerDescription
  /// The index' file.
  public let path: String
  /// Names of the properties that records use.
  let names: [[UInt8]]
  private let file: MappedFile
  private let tree: FeatureTree
  private let treeOffset: Int

  /// The index of a file: the one in a folder, where it fits the file as it is now, else a new one.
  /// - Parameters:
  ///   - source: a GeoJSON file, in UTF-8.
  ///   - folder: a folder that is there; an index has a name there that follows from the file's path.
  /// - Throws: `VectorTileError` when the file can't be read or is no GeoJSON, and when the index can't be written.
  public static func open(_ source: String, in folder: String) throws(VectorTileError) -> LayerIndex {
    let file = try SourceFile(path: source)
    let path = folder + "/" + file.indexName
    if let known = LayerIndex(path: path, of: file) { return known }
    try IndexBuilder.build(file, to: path)
    guard let made = LayerIndex(path: path, of: file) else { throw .damagedIndex(path: path) }
    return made
  }

  private init?(path: String, of source: SourceFile) {
    guard let file = MappedFile(path: path), let header = IndexHeader(file: file.bytes),
      let tree = FeatureTree(
        UnsafeRawBufferPointer(rebasing: file.bytes[header.treeOffset..<header.descriptionOffset]),
        count: header.featureCount),
      let stored = StoredDescription(
        UnsafeRawBufferPointer(rebasing: file.bytes[header.descriptionOffset...]), of: source)
    else { return nil }
    self.path = path
    self.file = file
    self.tree = tree
    treeOffset = header.treeOffset
    description = stored.description
    names = stored.names
  }

  /// Visits the features whose boxes touch a box and of which a level shows something, in no order, until one is enough.
  func visit(
    _ box: GridBox, level: Int, _ body: (TreeItem) throws(VectorTileError) -> Bool
  ) throws(VectorTileError) {
    guard try tree.visit(box, level: level, body) else { throw .damagedIndex(path: path) }
  }

  /// The record of a feature.
  func record(_ item: TreeItem, level: Int) throws(VectorTileError) -> FeatureRecord {
    guard item.reference >= IndexHeader.size, item.reference < treeOffset,
      let record = FeatureRecord(
        UnsafeRawBufferPointer(rebasing: file.bytes[item.reference..<treeOffset]), level: level)
    else { throw .damagedIndex(path: path) }
    return record
  }
}

// The memory that the tree looks at is never written, and lives as long as the index that holds both.
extension FeatureTree: @unchecked Sendable {}
