import Foundation
import Pixels
import Testing

@Suite("A conversion of pixel types")
struct ConversionTests {
  @Test("holds values at the ends of the type and rounds half away from zero, from every type to every type")
  func allPairs() throws {
    let values: [Double] = [
      0, 1, 2, 3, 15, 16, 100, 127, 128, 200, 255, 256, 32767, 32768, 65535, 65536, 2_147_483_647, 2_147_483_648,
      4_294_967_295, 5e9, -1, -128, -129, -32768, -32769, -2_147_483_648, -3e9, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49,
      254.5, 255.4, 1e30, -1e30, 1e300, -1e300, 0.49999999999999994,
    ]
    let names = PixelType.allCases.map(\.rawValue)
    // numpy: clip, then round half away from zero, in 64-bit numbers.
    let script = """
      import numpy as np, json, sys
      values = np.array(json.loads(sys.argv[1]))
      kinds = {'U1': (0, 1), 'U2': (0, 3), 'U4': (0, 15), 'U8': (0, 255), 'S8': (-128, 127), 'U16': (0, 65535),
               'S16': (-32768, 32767), 'U32': (0, 4294967295), 'S32': (-2147483648, 2147483647)}
      def held(v, kind):
          if kind == 'F64': return v
          most = float(np.finfo(np.float32).max)
          if kind == 'F32': return np.clip(v, -most, most).astype(np.float32).astype(float)
          c = np.clip(v, *kinds[kind])
          t = np.trunc(c)
          return t + np.where(np.abs(c - t) >= 0.5, np.sign(c), 0)
      names = json.loads(sys.argv[2])
      print(json.dumps({a + '>' + b: held(held(values, a), b).tolist() for a in names for b in names}))
      """
    let arguments = [try JSONEncoder().encode(values), try JSONEncoder().encode(names)]
    let printed = try Python.run(script, arguments.map { String(decoding: $0, as: UTF8.self) })
    let expected = try JSONDecoder().decode([String: [Double]].self, from: printed)
    for from in PixelType.allCases {
      let source = PixelBlock(values.count, 1, bands: 1, .f64, values).converted(to: from)
      for to in PixelType.allCases {
        let converted = source.converted(to: to)
        #expect(converted.pixelType == to)
        #expect(converted.numbers == expected["\(from.rawValue)>\(to.rawValue)"], "\(from) to \(to)")
      }
    }
  }

  @Test("to integers makes no data of what is not a number; floating-point types keep it")
  func notANumber() {
    let block = PixelBlock(3, 1, bands: 2, .f32, [.nan, 1, 2, 3, 4, .nan], validity: .pixels([255, 0, 255]))
    #expect(block.converted(to: .s16).validity == .samples([0, 255, 0, 0, 255, 0]))
    #expect(block.converted(to: .f64).validity == .pixels([255, 0, 255]))
    #expect(block.converted(to: .f64).numbers[0].isNaN)
    let single = PixelBlock(2, 1, bands: 1, .f64, [.nan, 1])
    #expect(single.converted(to: .u8).validity == .pixels([0, 255]))
  }

  @Test("keeps the holes of integers")
  func holes() {
    for holes in Holes.allCases {
      let block = PixelBlock.noisy(5, 4, bands: 2, .u16, holes: holes)
      #expect(block.converted(to: .u8).validity == block.validity)
    }
  }
}
