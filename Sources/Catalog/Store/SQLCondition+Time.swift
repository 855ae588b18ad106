extension SQLCondition {
  /// Rasters whose time has a moment in common with a span.
  init(meeting span: TimeSpan, of timeInfo: TimeInfo) {
    self.init(
      sql: """
        EXISTS (SELECT 1 FROM attribute AS starts JOIN attribute AS ends ON ends.raster = starts.raster
          WHERE starts.raster = raster.id AND starts.field = ? AND ends.field = ? AND starts.value <= ends.value
            AND starts.value <= ? AND ends.value >= ?)
        """,
      arguments: [timeInfo.startField, timeInfo.endField, span.upperBound, span.lowerBound])
  }
}
