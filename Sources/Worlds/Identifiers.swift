import Locking

/// Makes the identifiers of a world: after a reset the same ones in the same order.
public final class Identifiers: Sendable {
  private let seed: UInt64
  private let state: Locked<UInt64>

  /// Identifiers that follow from a seed.
  public init(seed: UInt64) {
    self.seed = seed
    state = Locked(seed)
  }

  /// Starts again from the seed.
  public func reset() { state.withLock { $0 = seed } }

  /// `digits` hexadecimal digits in lower case.
  public func hexadecimal(_ digits: Int) -> String {
    var text = ""
    while text.count < digits {
      let number = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - number.count) + number
    }
    return String(text.prefix(digits))
  }

  /// Thirty-two hexadecimal digits in groups of 8, 4, 4, 4 and 12.
  public func grouped(separator: String) -> String {
    [8, 4, 4, 4, 12].map(hexadecimal).joined(separator: separator)
  }

  /// SplitMix64: every seed gives a sequence without repeats.
  private func next() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
