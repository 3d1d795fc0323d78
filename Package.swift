// swift-tools-version: 6.2
import PackageDescription

// The floor plan. A target may import what its line names, and nothing else: the build passes
// `--explicit-target-dependency-import-check error`.

/// Every target is built under these: warnings are errors, each unsafe use is marked, imports are
/// internal unless said otherwise.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// Independent computations in Python lie in `Oracle` folders beside the tests that ask them.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "counterfoil",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "counterfoil", targets: ["counterfoil"])],
  traits: [
    .trait(
      name: "ISAL",
      description: "Inflate with ISA-L (libisal), which needs less than half the time of zlib.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 5: the command line.
    .executableTarget(
      name: "counterfoil", dependencies: ["PipelineRuntime", argumentParser], swiftSettings: house),

    // Floor 4: definition, plan, run.
    room(
      "PipelineRuntime",
      [
        "Ingesting", "Normalizing", "Reconciling", "Detecting", "Reporting", "BillingLedger",
        "Tabulating", "ByteStreaming", "BillingModel", "ExactNumbers", crypto, yams,
      ]),

    // Floor 3: the stages. No arrow between them.
    room("Ingesting", ["Tabulating", "ByteStreaming", "BillingModel", "ExactNumbers"]),
    room("Normalizing", ["BillingModel", "ExactNumbers"]),
    room("Reconciling", ["BillingModel", "ExactNumbers"]),
    room("Detecting", ["BillingModel", "ExactNumbers"]),
    room("Reporting", ["BillingModel", "ExactNumbers"]),
    room("BillingLedger", ["BillingModel", "ExactNumbers", grdb]),

    // Floor 2: a column engine, and the nouns of the bill.
    room("Tabulating", ["ByteStreaming", "ExactNumbers", "CProcessor"]),
    room("BillingModel", ["ExactNumbers"]),

    // Floor 1: bytes, and numbers.
    room(
      "ByteStreaming",
      [
        "CProcessor", "CZlib", "CLibXML2",
        .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
      ]),
    room("ExactNumbers"),

    // Floor 0: C libraries of the system, and C where Swift cannot name a processor's instructions.
    .target(name: "CProcessor", cSettings: [.treatAllWarnings(as: .error)]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),

    // Not shipped: writes sample-data/ from a seed.
    .executableTarget(
      name: "SampleData", dependencies: ["BillingModel", "ExactNumbers"], swiftSettings: house),

    // Not shipped: guards the speed of single loops.
    .executableTarget(
      name: "Microbenchmarks",
      dependencies: [
        "PipelineRuntime", "Ingesting", "BillingModel", "ByteStreaming", "CLibXML2", "CZlib",
      ],
      path: "Tests/Benchmarks/Micro", swiftSettings: house),

    // Not shipped: how well anomalies are found on series made from seeds.
    .executableTarget(
      name: "AnomalyScore", dependencies: ["Detecting", "BillingModel", "ExactNumbers"],
      path: "Tests/Benchmarks/AnomalyScore", swiftSettings: house),

    // Tests: a mirror per target, and what they share.
    .target(
      name: "TestSupport", dependencies: ["BillingModel"], path: "Tests/TestSupport",
      swiftSettings: house),
    tests("ExactNumbersTests", ["ExactNumbers", "TestSupport"], exclude: ["Oracle"]),
    tests(
      "BillingModelTests", ["BillingModel", "ExactNumbers", "TestSupport"], exclude: ["Oracle"]),
    tests("ByteStreamingTests", ["ByteStreaming", "TestSupport"], exclude: ["Oracle"]),
    tests(
      "TabulatingTests", ["Tabulating", "ByteStreaming", "ExactNumbers", "TestSupport"]),
    tests(
      "IngestingTests",
      ["Ingesting", "Tabulating", "ByteStreaming", "BillingModel", "ExactNumbers", "TestSupport"],
      exclude: ["Exports/Oracle"]),
    tests("NormalizingTests", ["Normalizing", "BillingModel", "ExactNumbers", "TestSupport"]),
    tests("ReconcilingTests", ["Reconciling", "BillingModel", "ExactNumbers", "TestSupport"]),
    tests("DetectingTests", ["Detecting", "BillingModel", "ExactNumbers", "TestSupport"]),
    tests(
      "ReportingTests", ["Reporting", "BillingModel", "ExactNumbers", "TestSupport"],
      exclude: ["Oracle"]),
    tests(
      "BillingLedgerTests", ["BillingLedger", "BillingModel", "ExactNumbers", "TestSupport", grdb]),
    tests(
      "PipelineRuntimeTests",
      [
        "PipelineRuntime", "Ingesting", "Normalizing", "Reconciling", "BillingLedger",
        "BillingModel",
        "ByteStreaming", "ExactNumbers", "TestSupport",
      ]),
    tests(
      "SampleDataTests", ["SampleData", "BillingModel", "ExactNumbers", "TestSupport"],
      exclude: ["Oracle"]),
    tests("StoryTests", ["PipelineRuntime", "TestSupport"], exclude: ["Oracle"]),
    // These run the program itself.
    tests("FaultTests", ["counterfoil", "TestSupport"]),
    tests(
      "ConformanceTests", ["counterfoil", "TestSupport"], exclude: ["Fixtures", "Oracle"]),
    tests("ArchitectureTests", ["TestSupport"]),
  ]
)
