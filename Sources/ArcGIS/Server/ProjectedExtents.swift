import Caching
import Spatial

/// Where the extents of rasters lie in other spatial references: asked for by every picture, and the same each time.
final class ProjectedExtents: Sendable {
  private struct Key: Hashable {
    let extent: Envelope
    let source: String
    let target: String
  }

  private let known = ByteCache<Key, Envelope?>(capacity: 4 << 20)

  /// An extent in another reference; `nil` where it has no place there.
  func extent(
    _ extent: Envelope, _ source: SpatialReference, _ target: SpatialReference, by datum: DatumTransformation?
  ) -> Envelope? {
    guard datum == nil else { return try? extent.projected(from: source, to: target, by: datum) }
    let key = Key(extent: extent, source: source.definition, target: target.definition)
    if let found = known[key] { return found }
    let made = try? extent.projected(from: source, to: target)
    known.keep(made, for: key, bytes: key.source.utf8.count + key.target.utf8.count)
    return made
  }
}
