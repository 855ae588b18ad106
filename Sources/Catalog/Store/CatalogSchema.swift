import GRDB

/// The tables of the catalog. Migrations are named and only ever added to.
enum CatalogSchema {
  /// What the rows mean. Raised when readers learn to see more in a file, so that older catalogs are read anew.
  static let contentVersion = 2

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("services and rasters") { db in
      try db.execute(
        sql: """
          CREATE TABLE service (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, settings TEXT NOT NULL,
            settled INTEGER NOT NULL, nextObjectId INTEGER NOT NULL, spatialReference INTEGER, xmin REAL, ymin REAL,
            xmax REAL, ymax REAL, pixelSizeX REAL, pixelSizeY REAL, bandCount INTEGER, pixelType TEXT, noData TEXT,
            colormap BLOB, format TEXT, compression TEXT, rasterCount INTEGER, uncompressedSize INTEGER);

          CREATE TABLE spatialReference (
            id INTEGER PRIMARY KEY, wkid INTEGER UNIQUE, definition TEXT UNIQUE);

          CREATE TABLE raster (
            id INTEGER PRIMARY KEY, service INTEGER NOT NULL REFERENCES service ON DELETE CASCADE,
            objectId INTEGER NOT NULL, path TEXT NOT NULL, files TEXT NOT NULL, format TEXT NOT NULL,
            compression TEXT NOT NULL, bands INTEGER NOT NULL, pixelType TEXT NOT NULL, noData TEXT NOT NULL,
            colormap BLOB, hasMask INTEGER NOT NULL, originX REAL NOT NULL, originY REAL NOT NULL,
            pixelWidth REAL NOT NULL, pixelHeight REAL NOT NULL, spatialReference INTEGER NOT NULL,
            levels TEXT NOT NULL, parts TEXT NOT NULL,
            xmin REAL, ymin REAL, xmax REAL, ymax REAL, pixelSizeX REAL, pixelSizeY REAL, name TEXT, minPS REAL,
            maxPS REAL, lowPS REAL, highPS REAL, category INTEGER, tag TEXT, groupName TEXT, productName TEXT,
            zOrder INTEGER, UNIQUE (service, objectId));

          CREATE TABLE attribute (
            raster INTEGER NOT NULL REFERENCES raster ON DELETE CASCADE, field TEXT NOT NULL, value NOT NULL,
            PRIMARY KEY (raster, field)) WITHOUT ROWID;

          CREATE TABLE band (
            raster INTEGER NOT NULL REFERENCES raster ON DELETE CASCADE, band INTEGER NOT NULL, min REAL,
            max REAL, mean REAL, standardDeviation REAL, histogramMin REAL, histogramMax REAL, histogram BLOB, PRIMARY KEY (raster, band)) WITHOUT ROWID;

          CREATE TABLE problem (path TEXT PRIMARY KEY, files TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;

          CREATE VIRTUAL TABLE footprint USING rtree(id, xmin, xmax, ymin, ymax, serviceMin, serviceMax);

          CREATE TRIGGER rasterIsGone AFTER DELETE ON raster BEGIN
            DELETE FROM footprint WHERE id = old.id;
          END;
          """)
    }
    migrator.registerMigration("references as they were found") { db in
      try db.execute(
        sql: """
          ALTER TABLE spatialReference ADD COLUMN latestWkid INTEGER;
          ALTER TABLE spatialReference ADD COLUMN wkt TEXT;
          ALTER TABLE spatialReference ADD COLUMN proj TEXT NOT NULL DEFAULT '';
          ALTER TABLE spatialReference ADD COLUMN isGeographic INTEGER NOT NULL DEFAULT 0;
          """)
    }
    return migrator
  }
}
