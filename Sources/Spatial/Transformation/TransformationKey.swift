/// Two definitions and the way between their datums that was asked for, to find the transformation between them.
struct TransformationKey: Hashable {
  var source: String
  var target: String
  var datum: DatumTransformation?
}
