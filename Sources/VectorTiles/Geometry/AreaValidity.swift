/// Sees to it that areas are valid. One thread at a time uses it.
struct AreaValidity: ~Copyable {
  /// What became of areas.
  enum Outcome {
    /// They were good.
    case good
    /// They crossed or touched themselves, and are others now.
    case mended
    /// They cross themselves so often that nothing was done, or GEOS could do nothing.
    case tangled
  }

  private var check = AreaCheck()
  private var repair: AreaRepair?

  /// Nothing looked at yet.
  init() {}

  /// Makes areas valid. What has no width afterwards is gone.
  /// - Parameter isRounded: whether they are in units of a tile, where what is small need not be kept exactly.
  mutating func ensure(_ areas: inout GridGeometry, isRounded: Bool) -> Outcome {
    if areas.isEmpty || check.proves(areas) { return .good }
    if isRounded {
      areas.mendSmallFlaws()
      if areas.isEmpty || check.proves(areas) { return .mended }
    }
    if check.isTangle(areas.points) { return .tangled }
    let repair = repair ?? AreaRepair()
    self.repair = repair
    switch repair.mended(areas) {
    case .good: return .good
    case .changed(let mended):
      areas = mended
      return .mended
    case .failed: return .tangled
    }
  }
}
