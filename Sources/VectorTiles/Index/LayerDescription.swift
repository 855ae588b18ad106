import JSONValue
import Spatial

/// What is known of a layer without looking at its features.
public struct LayerDescription: Sendable, Hashable {
  /// The type of a property, as TileJSON names it.
  public enum FieldType: String, Sendable, Hashable {
    /// Text, also where values of several types come.
    case string = "String"
    /// Numbers.
    case number = "Number"
    /// Truths.
    case boolean = "Boolean"
  }

  /// A property that features have.
  public struct Field: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The type of its values.
    public var type: FieldType
  }

  /// Features of the file, those without a geometry too.
  public var featureCount = 0
  /// Features that have no geometry, which is no fault, but shows nothing.
  public var withoutGeometry = 0
  /// How many features have points, lines and areas; one of several kinds counts for each.
  public var kinds: [GeometryKind: Int] = [:]
  /// The properties, in the order in which they first come.
  public var fields: [Field] = []
  /// Longitudes and latitudes around all that is shown; `nil` when there is nothing.
  public var geographicExtent: Envelope?
  /// The same in Web Mercator's metres.
  public var extent: Envelope?
  /// What is wrong with the file: the first hundred.
  public var problems: [SourceProblem] = []
  /// How many problems there are.
  public var problemCount = 0

  /// Nothing known.
  init() {}

  /// Sets the extents to those of a box; none for an empty one.
  mutating func setExtent(_ box: GridBox) {
    guard !box.isEmpty else { return }
    let unit = 2 * WorldGrid.halfWidthInMeters / Double(WorldGrid.width)
    func meters(_ units: Int) -> Double { Double(units - WorldGrid.width / 2) * unit }
    extent = Envelope(
      xmin: meters(box.minX), ymin: -meters(box.maxY), xmax: meters(box.maxX), ymax: -meters(box.minY))
    geographicExtent = Envelope(
      xmin: WorldGrid.longitude(x: Double(box.minX)), ymin: WorldGrid.latitude(y: Double(box.maxY)),
      xmax: WorldGrid.longitude(x: Double(box.maxX)), ymax: WorldGrid.latitude(y: Double(box.minY)))
  }
}
