// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its program has no main but libFuzzer's, so it builds under `--sanitize=fuzzer` only.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "mock-arcgis", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [.product(name: "MockArcGIS", package: "mock-arcgis")],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .treatAllWarnings(as: .error),
      ])
  ]
)
