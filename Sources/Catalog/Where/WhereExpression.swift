/// A where clause as a tree. Values and conditions are types of their own, so that no tree mixes them up.
enum WhereExpression {
  /// Something that has a value for each raster.
  indirect enum Value {
    case field(CatalogField)
    case literal(FieldValue)
    case negated(Value)
    case arithmetic(Value, String, Value)
    case function(WhereFunction, [Value])
  }

  /// Something that is true, false or unknown for each raster.
  indirect enum Condition {
    case comparison(Value, String, Value)
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case isIn(Value, [Value], negated: Bool)
    case like(Value, Value, escape: String?, negated: Bool)
    case between(Value, Value, Value, negated: Bool)
    case isNull(Value, negated: Bool)
  }
}
