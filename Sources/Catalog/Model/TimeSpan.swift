/// A span of time in milliseconds since 1970-01-01T00:00:00Z, both ends included. A moment begins and ends at once; an open
/// end is the least or the greatest number.
public typealias TimeSpan = ClosedRange<Int64>
