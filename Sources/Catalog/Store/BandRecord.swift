import Foundation
import GRDB

/// Rows of the table `band`: the measurements of a raster's bands. A band without data has a row without numbers.
enum BandRecord {
  /// The measurements of a raster; `nil` when it was not measured yet.
  static func fetch(_ db: Database, raster: Int64) throws -> [BandMeasurement?]? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT min, max, mean, standardDeviation, histogramMin, histogramMax, histogram FROM band WHERE raster = ?
        ORDER BY band
        """)
    let cursor = try Row.fetchCursor(statement, arguments: [raster])
    var bands: [BandMeasurement?] = []
    while let row = try cursor.next() {
      guard let min: Double = row[0], let counts: Data = row[6] else {
        bands.append(nil)
        continue
      }
      bands.append(
        BandMeasurement(
          // SQLite keeps what is no number as NULL.
          statistics: BandStatistics(min: min, max: row[1] ?? min, summedMean: row[2], deviation: row[3]),
          histogram: BandHistogram(
            min: row[4] ?? min, max: row[5] ?? min, counts: PackedValues.counts([UInt8](counts)))))
    }
    return bands.isEmpty ? nil : bands
  }

  /// Writes the measurements of a raster.
  static func write(_ bands: [BandMeasurement?], raster: Int64, in db: Database) throws {
    for (band, measured) in bands.enumerated() {
      let statistics = measured?.statistics
      let histogram = measured?.histogram
      try db.execute(
        sql: "INSERT OR REPLACE INTO band VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          raster, band, statistics?.min, statistics?.max, statistics?.mean, statistics?.standardDeviation,
          histogram?.min, histogram?.max, histogram.map { Data(PackedValues.bytes($0.counts)) },
        ])
    }
  }
}
