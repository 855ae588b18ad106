/// The versions that are spoken here. A higher minor version of 1 is read as 1.1 (RFC 9110 2.5).
public enum HTTPVersion: Sendable, Hashable, Comparable {
  /// HTTP/1.0: no chunks, no `Host`, connections close unless asked to stay.
  case http10
  /// HTTP/1.1.
  case http11
}
