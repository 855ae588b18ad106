import ArcGIS

extension FuzzTarget {
  /// `name=text`: every parameter of that name, of every operation, reads the text or refuses it.
  static let parameters = FuzzTarget(name: "Parameters") { input in
    guard let split = input.firstIndex(of: UInt8(ascii: "=")) else { return }
    let name = String(decoding: input[..<split], as: UTF8.self)
    let text = String(decoding: input[(split + 1)...], as: UTF8.self)
    guard !text.isEmpty else { return }
    for operation in Operations.all {
      for parameter in operation.parameters where parameter.name == name { _ = try? parameter.value(of: text) }
    }
  }
}
