// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]
let c: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "mock-arcgis",
  products: [
    .executable(name: "mock-arcgis", targets: ["mock-arcgis"]),
    .library(name: "MockArcGIS", targets: ["MockArcGIS"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // C: what Swift's importer can't say (variadics, setjmp, GNU-only calls), and the libraries' headers.
    .target(name: "CLinux", cSettings: c),
    .target(name: "CTIFF", cSettings: c, linkerSettings: [.linkedLibrary("tiff")]),
    .target(
      name: "CImage", cSettings: c,
      linkerSettings: [
        .linkedLibrary("png16"), .linkedLibrary("turbojpeg"), .linkedLibrary("jpeg"), .linkedLibrary("z"),
      ]),
    .systemLibrary(name: "CLibOpenJPEG", pkgConfig: "libopenjp2", providers: [.apt(["libopenjp2-7-dev"])]),
    .target(name: "COpenJPEG", dependencies: ["CLibOpenJPEG"], cSettings: c),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CLerc", pkgConfig: "Lerc", providers: [.apt(["liblerc-dev"])]),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),

    // Nouns without a web in them.
    .target(name: "Locking", swiftSettings: swift),
    .target(name: "Caching", dependencies: ["Locking"], swiftSettings: swift),
    .target(name: "JSONValue", swiftSettings: swift),
    .target(name: "Files", swiftSettings: swift),
    .target(name: "Spatial", dependencies: ["CGEOS", "CPROJ", "Locking"], swiftSettings: swift),
    .target(name: "Pixels", swiftSettings: swift),
    .target(
      name: "Datasets",
      dependencies: ["Caching", "Locking", "Pixels", "Spatial", "Tiles", "CTIFF", "CImage", "CDeflate", "CLerc"],
      swiftSettings: swift),
    .target(
      name: "Codecs", dependencies: ["Pixels", "Spatial", "CImage", "CLerc", "CDeflate"], swiftSettings: swift),
    .target(
      name: "Tiles",
      dependencies: [
        "CDeflate", "CExpat", "CImage", "Files", "JSONValue", "Locking", "Spatial",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .target(
      name: "VectorTiles", dependencies: ["CDeflate", "CGEOS", "JSONValue", "Spatial", "Tiles"], swiftSettings: swift),
    .target(name: "Warp", dependencies: ["Locking", "Pixels", "Spatial", "Datasets", "CTIFF"], swiftSettings: swift),
    .target(
      name: "RasterFiles",
      dependencies: ["Files", "Locking", "Pixels", "Spatial", "Datasets", "Codecs", "CImage", "CDeflate", "COpenJPEG"],
      swiftSettings: swift),
    .target(
      name: "Catalog",
      dependencies: [
        "JSONValue", "Locking", "Spatial", "Pixels", "Datasets", "Tiles", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),
    .target(name: "Worlds", dependencies: ["Locking"], swiftSettings: swift),
    .target(
      name: "Jobs",
      dependencies: [
        "JSONValue", "Locking", "Worlds", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),

    // The server, the protocol, the fake's own powers.
    .target(
      name: "HTTP",
      dependencies: ["CLinux", "CDeflate", "Locking", .product(name: "HTTPTypes", package: "swift-http-types")],
      swiftSettings: swift),
    .target(
      name: "ArcGIS",
      dependencies: [
        "HTTP", "JSONValue", "Jobs", "Caching", "Locking", "Worlds", "Spatial", "Pixels", "Datasets", "Codecs",
        "RasterFiles",
        "Warp", "Catalog", "Tiles", "VectorTiles", "CDeflate", "CExpat",
        .product(name: "Mustache", package: "swift-mustache"), .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),
    .target(name: "Mock", dependencies: ["ArcGIS", "HTTP", "Jobs", "JSONValue", "Worlds"], swiftSettings: swift),
    .target(
      name: "MockArcGIS",
      dependencies: [
        "Mock", "ArcGIS", "HTTP", "Jobs", "Catalog", "VectorTiles", "Worlds",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "mock-arcgis",
      dependencies: ["CLinux", "MockArcGIS", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: swift),

    .testTarget(name: "HTTPTests", dependencies: ["HTTP"], swiftSettings: swift),
    .testTarget(name: "SpatialTests", dependencies: ["Spatial"], swiftSettings: swift),
    .testTarget(name: "PixelsTests", dependencies: ["Pixels"], swiftSettings: swift),
    .testTarget(name: "WorldsTests", dependencies: ["Worlds"], swiftSettings: swift),
    .testTarget(name: "JobsTests", dependencies: ["Jobs", "Worlds", "JSONValue", "Locking"], swiftSettings: swift),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "Caching", "Locking", "Tiles"], swiftSettings: swift),
    .testTarget(name: "CodecsTests", dependencies: ["Codecs", "CLerc"], swiftSettings: swift),
    .testTarget(name: "TilesTests", dependencies: ["Tiles", "JSONValue", "Spatial"], swiftSettings: swift),
    .testTarget(name: "VectorTilesTests", dependencies: ["VectorTiles", "JSONValue", "Tiles"], swiftSettings: swift),
    .testTarget(name: "WarpTests", dependencies: ["Warp", "Locking"], swiftSettings: swift),
    .testTarget(name: "RasterFilesTests", dependencies: ["RasterFiles", "Locking"], swiftSettings: swift),
    .testTarget(name: "CatalogTests", dependencies: ["Catalog", "Locking"], swiftSettings: swift),
    .testTarget(name: "ArcGISTests", dependencies: ["ArcGIS", "JSONValue", "Spatial", "Tiles"], swiftSettings: swift),
    .testTarget(name: "EndToEnd", dependencies: ["JSONValue", "Locking"], swiftSettings: swift),
  ]
)
