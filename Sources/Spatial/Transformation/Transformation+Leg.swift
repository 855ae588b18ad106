import CPROJ

extension Transformation {
  /// One operation of PROJ on the way from source to target, with x before y at both ends.
  final class Leg {
    let handle: OpaquePointer
    /// Whether the operation's own direction is that from source to target.
    let isForward: Bool
    /// Objects of PROJ may not outlive their context.
    private let context: PROJContext

    /// Takes over what PROJ has made.
    private init?(normalizing made: OpaquePointer?, isForward: Bool, in context: PROJContext) {
      guard let made else { return nil }
      defer { proj_destroy(made) }
      guard let normalized = proj_normalize_for_visualization(context.handle, made) else { return nil }
      handle = normalized
      self.isForward = isForward
      self.context = context
    }

    /// The operation that PROJ chooses between two systems.
    convenience init?(from source: borrowing PROJObject, to target: borrowing PROJObject, in context: PROJContext) {
      self.init(
        normalizing: proj_create_crs_to_crs_from_pj(context.handle, source.handle, target.handle, nil, nil),
        isForward: true, in: context)
    }

    /// A given operation.
    convenience init?(_ operation: borrowing PROJObject, isForward: Bool, in context: PROJContext) {
      self.init(normalizing: proj_clone(context.handle, operation.handle), isForward: isForward, in: context)
    }

    deinit {
      proj_destroy(handle)
    }
  }
}
