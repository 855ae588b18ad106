import CGEOS

/// A GEOS context: silent; what fails says so by its result.
final class GEOSContext {
  let handle: GEOSContextHandle_t?

  init() {
    handle = GEOS_init_r()
  }

  deinit {
    GEOS_finish_r(handle)
  }
}

@available(*, unavailable)
extension GEOSContext: Sendable {}
