/// Why there is no picture.
public enum RenderError: Error, Sendable, Hashable {
  /// The caller asked to stop.
  case cancelled
}
