import GRDB

/// The tables of the jobs. Migrations are named and only ever added to.
enum JobSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("jobs and messages") { db in
      try db.execute(
        sql: """
          CREATE TABLE job (
            number INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL,
            service TEXT NOT NULL, origin TEXT NOT NULL, status TEXT NOT NULL, policy TEXT NOT NULL, inputs TEXT NOT NULL,
            results TEXT NOT NULL, submitted INTEGER NOT NULL, started INTEGER, ended INTEGER, UNIQUE (world, id));

          CREATE INDEX jobByEnd ON job (world, ended);

          CREATE TABLE message (
            job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL, PRIMARY KEY (job, number)) WITHOUT ROWID;
          """)
    }
    return migrator
  }
}
