import CPROJ

/// A PROJ context: offline and silent, so that an answer depends on the installed data alone.
final class PROJContext {
  let handle: OpaquePointer?

  init() {
    handle = proj_context_create()
    proj_context_set_enable_network(handle, 0)
    proj_log_level(handle, PJ_LOG_NONE)
  }

  deinit {
    proj_context_destroy(handle)
  }
}

@available(*, unavailable)
extension PROJContext: Sendable {}
