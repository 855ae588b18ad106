/// The names of a layer's properties in the order in which they first come, and of which types their values are.
struct FieldTable {
  /// Types of values; a field may have several.
  struct Types: OptionSet {
    let rawValue: Int
    static let string = Types(rawValue: 1)
    static let number = Types(rawValue: 2)
    static let boolean = Types(rawValue: 4)
  }

  /// Names that a layer may have; a file with more uses them as values.
  static let most = 65_536

  /// The names.
  private(set) var names: [[UInt8]] = []
  /// The types of each one's values.
  var types: [Types] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// Features tend to have the same properties in the same order.
  private var latest = -1
  /// The latest feature that had each.
  private var latestFeature: [Int] = []
  private var feature = 0

  /// The number of a name; `nil` when there are too many.
  mutating func number(of name: [UInt8]) -> Int? {
    latest += 1
    if latest < names.count, names[latest] == name { return latest }
    if let known = numbers[name] {
      latest = known
      return known
    }
    guard names.count < Self.most else { return nil }
    latest = names.count
    numbers[name] = names.count
    names.append(name)
    types.append([])
    latestFeature.append(0)
    return latest
  }

  /// Says that another feature begins.
  mutating func beginFeature() {
    latest = -1
    feature += 1
  }

  /// Says that the feature has a property.
  /// - Returns: whether it had it before.
  mutating func isRepeated(_ number: Int) -> Bool {
    defer { latestFeature[number] = feature }
    return latestFeature[number] == feature
  }
}
