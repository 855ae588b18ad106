import ArcGIS
import Testing

@Suite("Every operation is declared whole")
struct OperationsTests {
  @Test("operations and parameters have a title and a line of description, and no name comes twice")
  func declarations() {
    for operation in Operations.all {
      #expect(!operation.title.isEmpty && operation.summary.hasSuffix("."), "\(operation.path)")
      let names = operation.parameters.map { $0.name.lowercased() }
      #expect(Set(names).count == names.count, "\(operation.path)")
      #expect(!names.contains("f") && !names.contains("callback"), "\(operation.path)")
      for parameter in operation.parameters {
        #expect(!parameter.title.isEmpty && !parameter.expected.isEmpty, "\(parameter.name)")
        #expect(parameter.summary.hasSuffix("."), "\(parameter.name)")
        #expect(
          parameter.isRequired || parameter.standardText != nil || parameter.name == "sliceId",
          "\(parameter.name) has a default")
      }
    }
    #expect(Set(Operations.all.map { "\($0.scope) \($0.path)" }).count == Operations.all.count)
  }

  @Test("no text makes a parameter's type fall over: it reads a value or says which parameter is invalid")
  func anyText() {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = [
      "{", "}", "[", "]", "\"", "'", ":", ",", ".", "-", "+", "e", "0", "1", "9", "999999999999", "\\u", "\\", " ",
      "NaN",
      "wkid", "wkt", "xmin", "where", "esriMosaicLockRaster", "lockRasterIds", "\u{0}", "ä", "<a>", "</a>", "&", ";",
      "null",
    ]
    let parameters = Operations.all.flatMap(\.parameters)
    for _ in 0..<300 {
      let text = (0...next(12)).map { _ in pieces[next(pieces.count)] }.joined()
      for parameter in parameters {
        do throws(ArcGISError) {
          _ = try parameter.value(of: text)
        } catch {
          #expect(error.code == 400 && error.details == ["'\(parameter.name)' parameter is invalid."], "\(text)")
        }
      }
    }
  }
}
