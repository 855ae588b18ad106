import Foundation
import Testing

@testable import Catalog

@Suite("A where clause")
struct WhereClauseTests {
  /// Rasters whose attributes are the same rows that Python's sqlite3 is asked about.
  private static let service = """
    {"rasters": {
      "a.tif": {"Name": "Alpha", "CloudCover": 3.5, "Orbit": 12, "Acquired": "2010-06-01", "Sensor": "ETM+"},
      "b.tif": {"Name": "beta", "CloudCover": 80, "Orbit": 13, "Acquired": "2011-01-15T12:00:00Z", "Sensor": "50%_off"},
      "c.tif": {"Name": "O'Gamma", "CloudCover": 0, "Orbit": -7, "Acquired": "2009-12-31"},
      "d.tif": {"Name": "Delta", "CloudCover": 12.25, "Sensor": "OLI"},
      "e.tif": {"Orbit": 5, "Acquired": "2020-02-29", "Sensor": ""}
    }}
    """

  private static let table = """
    import sqlite3, sys
    c = sqlite3.connect(':memory:'); c.execute('PRAGMA case_sensitive_like = ON')
    c.execute('''CREATE TABLE t (OBJECTID INTEGER, Name TEXT, CloudCover REAL, Orbit INTEGER, Acquired INTEGER,
      Sensor TEXT, Category INTEGER, MinPS REAL, MaxPS REAL, CenterX REAL, Shape_Area REAL)''')
    ms = lambda days: days * 86400000
    for row in [(1, 'Alpha', 3.5, 12, ms(14761), 'ETM+', 5.0), (2, 'beta', 80.0, 13, ms(14989.5), '50%_off', 15.0),
                (3, "O'Gamma", 0.0, -7, ms(14609), None, 25.0), (4, 'Delta', 12.25, None, None, 'OLI', 35.0),
                (5, 'e', None, 5, ms(18321), '', 45.0)]:
        c.execute('INSERT INTO t VALUES (?,?,?,?,?,?,1,0,NULL,?,100)', row)
    for clause in sys.stdin.read().split('\\n'):
        print(','.join(str(r[0]) for r in c.execute('SELECT OBJECTID FROM t WHERE ' + clause + ' ORDER BY 1')))
    """

  /// What a client sends, and the same for SQLite where it writes it otherwise.
  private static let clauses: [(String, String?)] = [
    ("1=1", nil), ("1=0", nil), ("OBJECTID = 3", nil), ("objectid<>3", nil), ("OBJECTID != 3", "OBJECTID <> 3"),
    ("OBJECTID in (1, 3,99)", nil), ("OBJECTID NOT IN (1,3)", nil), ("Orbit NOT IN (12)", nil),
    ("Name = 'O''Gamma'", nil), ("\"Name\" = 'beta'", nil), ("NAME LIKE 'A%'", nil), ("Name LIKE 'a%'", nil),
    ("UPPER(Name) LIKE 'B_TA'", nil), ("Sensor LIKE '50!%!_%' ESCAPE '!'", nil), ("Sensor NOT LIKE '%+'", nil),
    ("CloudCover BETWEEN 3.5 AND 12.25", nil), ("CloudCover NOT BETWEEN 1 AND 20", nil), ("Orbit IS NULL", nil),
    ("Sensor IS NOT NULL AND Sensor <> ''", nil), ("NOT Orbit > 5", nil), ("NOT (Orbit > 5 OR CloudCover < 1)", nil),
    ("Orbit > 5 OR CloudCover < 1 AND Name = 'x'", nil), ("(Orbit > 5 OR CloudCover < 1) AND Name <> 'beta'", nil),
    ("Orbit * 2 + 1 = 25", nil), ("(Orbit + 1) * 2 = 26", nil), ("-Orbit = 7", nil), ("Orbit = -7", nil),
    ("Orbit - 2 - 3 = 0", nil), ("CloudCover / 2 > 1.75", nil), ("Orbit / 2 = 6", nil), ("1.5e1 = CenterX", nil),
    ("ABS(Orbit) = 7", nil), ("CHAR_LENGTH(Name) = 5", "length(Name) = 5"), ("LOWER(Name) = 'alpha'", nil),
    ("SUBSTRING(Name, 1, 2) = 'De'", "substr(Name, 1, 2) = 'De'"), ("MOD(Orbit, 2) = 1", "Orbit % 2 = 1"),
    ("CEILING(CloudCover) = 4", "CloudCover > 3 AND CloudCover <= 4"), ("FLOOR(CloudCover) = 12", "CloudCover = 12.25"),
    ("Acquired = DATE '2010-06-01'", "Acquired = 1275350400000"),
    ("Acquired >= timestamp '2010-06-01 00:00:00'", "Acquired >= 1275350400000"),
    ("Acquired < '2010/06/02'", "Acquired < 1275436800000"),
    ("Acquired BETWEEN '2010-01-01' AND DATE '2011-12-31'", "Acquired BETWEEN 1262304000000 AND 1325289600000"),
    ("Acquired IN ('2020-02-29')", "Acquired IN (1582934400000)"),
    ("'2020-02-29' = Acquired", "Acquired = 1582934400000"),
    ("Category = 1 AND MaxPS IS NULL AND MinPS = 0", nil), ("Shape_Area = 100", nil),
    ("Name = N'beta'", "Name = 'beta'"),
    ("Name = 'x'' OR ''1''=''1'", nil), ("Name = '; DROP TABLE raster; --'", nil), ("3 > 2 AND Name>'D'", nil),
    ("Orbit/0 IS NULL", nil), ("((((OBJECTID))) = ((2)))", nil), ("OBJECTID IN (1+1, Orbit-8)", nil),
  ]

  @Test("selects what SQLite itself selects from the same rows")
  func agreesWithSQLite() throws {
    let folder = try TemporaryFolder()
    for (index, name) in ["a", "b", "c", "d", "e"].enumerated() {
      let west = Double(index) * 10
      try folder.raster("data/M.ImageServer/\(name).tif", west: west, north: 10, east: west + 10, south: 0)
    }
    try folder.write(Self.service, to: "data/M.ImageServer/service.json")
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    #expect(store.problems == [])
    let service = try #require(try store.service(at: "M"))
    try folder.write(Self.table, to: "table.py")
    let answers = try folder.run(
      "/usr/bin/python3", "table.py", input: Self.clauses.map { $0.1 ?? $0.0 }.joined(separator: "\n")
    ).split(separator: "\n", omittingEmptySubsequences: false)
    for ((clause, _), expected) in zip(Self.clauses, answers) {
      let query = RasterQuery(condition: try WhereClause(parsing: clause, fields: service.fields))
      let ids = try store.rasters(of: service, query).map { "\($0.objectId)" }.joined(separator: ",")
      #expect(ids == expected, "\(clause)")
    }
  }

  static let fields =
    CatalogField.standard + [CatalogField(name: "Acquired", type: .date), CatalogField(name: "Sensor", type: .string)]

  @Test(
    "that is wrong is refused at the place of the mistake",
    arguments: [
      ("", 0), ("   ", 3), ("Name", 0), ("1", 0), ("Name =", 6), ("Name = 'x", 7), ("Name == 'x'", 6),
      ("Nome = 'x'", 0),
      ("Shape = 1", 0), ("Name = 'x' OR", 13), ("Name = 'x' Sensor", 11), ("(Name = 'x'", 11), ("Name = 'x')", 10),
      ("Name IN ()", 9), ("Name IN ('a'", 12), ("Name IN 'a'", 8), ("Name BETWEEN 'a'", 16), ("Name IS 5", 8),
      ("Name NOT 'x'", 9), ("NOT Name", 4), ("1=1 AND Name", 8), ("(1=1) + 2 = 3", 0), ("1 + (1=1) = 2", 4),
      ("Name = 'x'; DROP TABLE raster", 10), ("Name = \"x\"", 7), ("load_extension('x') = 1", 0), ("UPPER() = 'X'", 6),
      ("UPPER(Name, Name) = 'X'", 0), ("SELECT = 1", 0), ("Name LIKE 'a' ESCAPE 'bc'", 21),
      ("Acquired > 'yesterday'", 11),
      ("Acquired > DATE '2010-02-30'", 16), ("OBJECTID = 1e999", 11), ("OBJECTID = 12abc", 11),
      ("OBJECTID = 1 = 1", 13),
      ("Name = 'é' AND Nome = 1", 16), ("/* x */ 1=1", 0), ("1=1 -- x", 7), ("Name = ?", 7), ("raster.name = 'a'", 6),
      ("(SELECT 1) = 1", 1), ("Name = 'a\u{0}b'", 7), ("AND", 0), (")", 0),
    ])
  func refuses(clause: String, position: Int) throws {
    let error = #expect(throws: WhereError.self) { try WhereClause(parsing: clause, fields: Self.fields) }
    #expect(error?.position == position, "\(error?.reason ?? "")")
  }

  @Test("may be long but not endless, and nested but not without end")
  func bounds() throws {
    let folder = try TemporaryFolder()
    try folder.raster("data/M.ImageServer/a.tif")
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    let service = try #require(try store.service(at: "M"))
    func count(_ clause: String) throws -> Int {
      let condition = try WhereClause(parsing: clause, fields: service.fields)
      return try store.rasters(of: service, RasterQuery(condition: condition)).count
    }
    // 1,800 terms are more than SQLite takes in one row of ORs.
    let terms = (0..<1800).map { "OBJECTID=\($0)" }
    #expect(try count(terms.joined(separator: " OR ")) == 1)
    #expect(try count(terms.map { "NOT \($0)" }[2..<1400].joined(separator: " AND ")) == 1)
    #expect(try count("OBJECTID IN (\((1...6000).map(String.init).joined(separator: ",")))") == 1)
    let depth = WhereClause.maximumDepth
    for (open, close) in [("(", ")"), ("NOT(1=0 OR ", ")"), ("1=1 AND (", ")"), ("1=0 OR (", ")")] {
      let levels = open.hasPrefix("NOT") ? depth / 2 : depth
      _ = try count(String(repeating: open, count: levels) + "1=1" + String(repeating: close, count: levels))
    }
    #expect(try count("\(String(repeating: "ABS(", count: depth))1\(String(repeating: ")", count: depth)) = 1") == 1)
    #expect(try count("1\(String(repeating: "+1", count: 64)) = 65") == 1)
    for clause in [
      String(repeating: "(", count: depth + 1) + "1=1" + String(repeating: ")", count: depth + 1),
      String(repeating: "NOT ", count: 30_000 / 4) + "1=1", "1=" + String(repeating: "-", count: 30_000) + "1",
      "1" + String(repeating: "+1", count: 10_000) + "=1", "1=1 " + String(repeating: " ", count: 32_768),
    ] {
      #expect(throws: WhereError.self) { try count(clause) }
    }
  }

  @Test("that overflows fails as a query, and only that")
  func overflow() throws {
    let folder = try TemporaryFolder()
    try folder.raster("data/M.ImageServer/a.tif")
    let store = try CatalogStore.open(dataFolder: "\(folder.path)/data")
    let service = try #require(try store.service(at: "M"))
    let clause = try WhereClause(parsing: "ABS(-9223372036854775807 - 1) = 1", fields: service.fields)
    #expect(throws: CatalogError.condition("integer overflow")) {
      try store.rasters(of: service, RasterQuery(condition: clause))
    }
    #expect(try store.rasters(of: service).count == 1)
  }
}
