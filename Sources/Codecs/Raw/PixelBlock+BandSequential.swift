import Pixels

extension PixelBlock {
  /// The samples band after band.
  package var bandSequentialSamples: [UInt8] { separatedSamples(runs: 1) }

  /// The samples row after row, and in a row band after band.
  package var lineSequentialSamples: [UInt8] { separatedSamples(runs: height) }

  private func separatedSamples(runs: Int) -> [UInt8] {
    if bands == 1 { return samples }
    return switch pixelType.stride {
    case 1: separated(samples, as: UInt8.self, runs: runs)
    case 2: separated(samples, as: UInt16.self, runs: runs)
    case 4: separated(samples, as: UInt32.self, runs: runs)
    default: separated(samples, as: UInt64.self, runs: runs)
    }
  }

  /// A mask of one byte a sample, band after band.
  func bandSequential(mask: [UInt8]) -> [UInt8] { separated(mask, as: UInt8.self, runs: 1) }

  /// The samples of `runs` equal parts of the block, in each of them band after band.
  private func separated<Word: FixedWidthInteger>(_ bytes: [UInt8], as type: Word.Type, runs: Int) -> [UInt8] {
    let pixels = width * height / max(1, runs)
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { raw, filled in
      bytes.withUnsafeBytes { source in
        let source = source.assumingMemoryBound(to: Word.self)
        raw.withMemoryRebound(to: Word.self) { out in
          for run in 0..<runs {
            let start = run &* pixels &* bands
            for band in 0..<bands {
              let (to, from) = (start &+ band &* pixels, start &+ band)
              for pixel in 0..<pixels { out[to &+ pixel] = source[from &+ pixel &* bands] }
            }
          }
        }
      }
      filled = bytes.count
    }
  }
}
