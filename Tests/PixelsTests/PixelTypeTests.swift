import Pixels
import Testing

@Suite("Pixel types")
struct PixelTypeTests {
  @Test("are named by their bits, as the REST API names them")
  func names() {
    for type in PixelType.allCases { #expect(type.rawValue.dropFirst() == "\(type.bits)") }
    #expect(
      Set(PixelType.allCases.map(\.rawValue)) == [
        "U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64",
      ])
  }

  @Test("hold what their bits can hold", arguments: PixelType.allCases)
  func ranges(type: PixelType) {
    switch type {
    case .f32: #expect(type.range.upperBound == Double(Float.greatestFiniteMagnitude))
    case .f64: #expect(type.range.upperBound == .greatestFiniteMagnitude)
    default:
      let values = type.range.upperBound - type.range.lowerBound + 1
      var expected = 1.0
      for _ in 0..<type.bits { expected *= 2 }
      #expect(values == expected)
      #expect((type.range.lowerBound < 0) == type.rawValue.hasPrefix("S"))
    }
  }

  @Test(
    "take the nearest value, halves away from zero, and hold at their ends",
    arguments: [
      (2.5, 3), (-2.5, -3), (2.4999999, 2), (127, 127), (127.5, 127), (1e300, 127), (-128.4, -128), (-1e300, -128),
      (.infinity, 127), (-.infinity, -128), (.nan, 0), (-0.2, 0),
    ] as [(Double, Int8)])
  func clamping(value: Double, expected: Int8) {
    #expect(Int8(clamping: value) == expected)
  }

  @Test("of floating point keep NaN and hold at the largest number")
  func clampingFloats() {
    #expect(Float(clamping: .nan).isNaN)
    #expect(Float(clamping: 1e300) == .greatestFiniteMagnitude)
    #expect(Double(clamping: 1e300) == 1e300)
  }
}
