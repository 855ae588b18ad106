import Catalog
import Testing

@Suite("Rows of a catalog's answers")
struct TableTests {
  @Test("null comes first, then numbers, then texts by their bytes")
  func order() {
    let values: [FieldValue] = [
      .null, .double(-1.5), .integer(0), .double(0.5), .date(7), .integer(.max - 1), .integer(.max), .string(""),
      .string("A"),
      .string("B"), .string("a"), .string("ä"),
    ]
    for (index, value) in values.enumerated() {
      for (other, second) in values.enumerated() {
        #expect(value.precedes(second) == (index < other), "\(value) \(second)")
      }
    }
  }

  @Test("rows are ordered column by column, equals as they stand")
  func rows() {
    let rows: [[FieldValue]] = [
      [.string("b"), .integer(1)], [.string("a"), .integer(1)], [.string("a"), .integer(2)], [.null, .integer(9)],
      [.string("a"), .integer(2)],
    ]
    func sorted(_ ascending: [Bool]) -> [Int] {
      RowOrder(ascending: ascending).sort(Array(rows.indices)) { Array(rows[$0].prefix(ascending.count)) }
    }
    #expect(sorted([]) == [0, 1, 2, 3, 4])
    #expect(sorted([true]) == [3, 1, 2, 4, 0])
    #expect(sorted([false]) == [0, 1, 2, 4, 3])
    #expect(sorted([true, false]) == [3, 2, 4, 1, 0])
  }

  static let clouds = CatalogField(name: "Clouds", type: .integer)

  func statistic(_ kind: FieldStatistic.Kind, _ values: [FieldValue]) -> FieldValue {
    FieldStatistic(kind, of: Self.clouds, name: "x").value(of: values)
  }

  @Test("statistics leave null out, and are null of nothing")
  func statistics() {
    // 2, 4, 4, 4, 5, 5, 7, 9: the mean is 5, the squares about it add up to 32, over 7 is the sample's variance.
    let values = [FieldValue.null] + [2, 4, 4, 4, 5, 5, 7, 9].map(FieldValue.integer)
    let expected: [FieldStatistic.Kind: FieldValue] = [
      .count: .integer(8), .sum: .double(40), .min: .integer(2), .max: .integer(9), .avg: .double(5),
      .var: .double(32.0 / 7), .stddev: .double((32.0 / 7).squareRoot()),
    ]
    for kind in FieldStatistic.Kind.allCases {
      #expect(statistic(kind, values) == expected[kind])
      #expect(statistic(kind, [.null]) == (kind == .count ? .integer(0) : .null))
    }
    #expect(statistic(.stddev, [.integer(3)]) == .null && statistic(.avg, [.integer(3)]) == .double(3))
    #expect(statistic(.sum, [.double(1e308), .double(1e308)]) == .null)
  }

  @Test("texts and dates have no sum; shapes have nothing")
  func fits() {
    let kinds = FieldStatistic.Kind.allCases
    func fitting(_ type: CatalogField.FieldType) -> [FieldStatistic.Kind] {
      kinds.filter { $0.fits(CatalogField(name: "x", type: type)) }
    }
    for type in [CatalogField.FieldType.objectId, .integer, .double] { #expect(fitting(type) == kinds) }
    for type in [CatalogField.FieldType.string, .date] { #expect(fitting(type) == [.count, .min, .max]) }
    #expect(fitting(.geometry) == [])
  }
}
