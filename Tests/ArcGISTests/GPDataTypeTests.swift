import JSONValue
import Testing

@testable import ArcGIS

@Suite("Geoprocessing types")
struct GPDataTypeTests {
  @Test(
    "a text is read as a value of its type",
    arguments: [
      (.boolean, "True", true), (.double, "1.5e3", 1500.0), (.long, "12.0", 12), (.string, "{not JSON", "{not JSON"),
      // 2019-02-19T14:23:39Z by `date -u -d 2019-02-19T14:23:39Z +%s`.
      (.date, "1550586219000", 1_550_586_219_000), (.date, "2019-02-19T14:23:39", 1_550_586_219_000),
      (.date, "{\"date\":\"2019-02-19\",\"format\":\"yyyy-MM-dd\"}", 1_550_534_400_000),
      (.linearUnit, "{\"distance\":345.6,\"units\":\"esriMiles\"}", ["distance": 345.6, "units": "esriMiles"]),
      (.linearUnit, "{\"distance\":5}", ["distance": 5.0, "units": "esriMeters"]),
      (.arealUnit, "{\"area\":1}", ["area": 1.0, "units": "esriSquareMeters"]),
      (.timeUnit, "{\"time\":3,\"units\":\"esriTimeUnitsYears\"}", ["time": 3.0, "units": "esriTimeUnitsYears"]),
      (.dataFile, "http://example.org/a.csv", ["url": "http://example.org/a.csv"]),
      (.rasterDataLayer, "{\"itemID\":\"abc\"}", ["itemID": "abc"]),
      (.recordSet, "{\"features\":[]}", ["features": []]),
      (.field, "{\"name\":\"A\"}", ["name": "A"]), (.valueTable, "[[1,2],{\"a\":3}]", [[1, 2], ["a": 3]]),
      (.multiValue(.long), "[1,\"2\"]", [1, 2]), (.multiValue(.string), "[\"a\"]", ["a"]),
    ] as [(GPDataType, String, JSON)])
  func reading(_ type: GPDataType, _ text: String, _ value: JSON) {
    #expect(type.value(of: text) == value)
  }

  @Test(
    "a text that is none is refused",
    arguments: [
      (.boolean, "maybe"), (.double, "NaN"), (.long, "1.5"), (.long, "4503599627370496"), (.date, "tomorrow"),
      (.linearUnit, "{\"distance\":1,\"units\":\"furlongs\"}"), (.linearUnit, "{}"), (.dataFile, "a.csv"),
      (.rasterData, "{\"path\":\"/etc/passwd\"}"), (.featureRecordSetLayer, "[]"), (.field, "{}"), (.valueTable, "[1]"),
      (.multiValue(.long), "[1,\"a\"]"), (.multiValue(.double), "1"),
    ] as [(GPDataType, String)])
  func refusing(_ type: GPDataType, _ text: String) {
    #expect(type.value(of: text) == nil)
  }

  @Test("several values are named after their type")
  func names() {
    #expect(GPDataType.multiValue(.rasterDataLayer).name == "GPMultiValue:GPRasterDataLayer")
  }
}
