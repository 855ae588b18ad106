import JSONValue
import Worlds

/// `…/ImageServer/keyProperties`: facts about the data that are no fields of the root (REST API 1.19).
enum KeyProperties {
  static let operation = Operation(
    "keyProperties", title: "Key Properties", "Facts about the data, band names among them.", scope: .imageService,
    capability: "Metadata", since: ServerVersion(10, 1), weight: .light, stable: true
  ) { call in
    .json(["BandProperties": .array(try call.imageService().bandNames.map { ["BandName": .string($0)] })])
  }
}
