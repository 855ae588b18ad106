import Spatial

/// The part of a service that an export is asked for (REST API 1.25).
enum RequestedExtent: Sendable {
  /// All of it.
  case full
  /// A box, perhaps with its own spatial reference.
  case box(SentEnvelope)

  /// Reads an envelope, or one of the words for all of a service.
  init?(_ text: String) {
    if ["default", "defaultextent", "null", "#"].contains(text.lowercased()) {
      self = .full
    } else if let envelope = SentEnvelope(text) {
      self = .box(envelope)
    } else {
      return nil
    }
  }
}

extension ParameterType where Value == RequestedExtent {
  /// An envelope, or a word for all of the service.
  static let exportExtent = ParameterType(
    "xmin,ymin,xmax,ymax, an envelope as JSON, or DEFAULT for all of the service"
  ) { RequestedExtent($0) }
}
