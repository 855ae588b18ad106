/// Names one exchange on one connection, so that what comes back from another thread can't meet a later connection
/// that was given the same descriptor.
struct Ticket: Sendable, Equatable {
  let descriptor: Int32
  let generation: UInt32
  let exchange: UInt32
}
