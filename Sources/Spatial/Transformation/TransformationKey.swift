/// Two definitions, to find the transformation between them.
struct TransformationKey: Hashable {
  var source: String
  var target: String
}
