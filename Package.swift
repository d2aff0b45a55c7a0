// swift-tools-version: 6.2

import PackageDescription

var settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]
// Not for everybody: a newer compiler or package may warn of what was fine.
if Context.environment["MESSAGING_WARNINGS"] == "error" { settings.append(.treatAllWarnings(as: .error)) }

/// Links the Swift runtime into a release, so that it starts faster and runs on a machine without Swift. The libraries are those that static
/// Foundation needs and the compiler does not name. SwiftPM's own `--static-swift-stdlib` would also apply to the benchmark, whose
/// FoundationNetworking needs libcurl. The default linker would warn of a function in Foundation.
let staticRuntime = [
    LinkerSetting.unsafeFlags(
        ["-static-stdlib", "-use-ld=lld"]
            + ["CoreFoundation", "_FoundationCollections", "_FoundationCShims", "_FoundationICU"].map { "-l\($0)" },
        .when(platforms: [.linux], configuration: .release)
    )
]

/// The commit that the Makefile says a release is built from, in the form of `git describe`.
let commit = Context.environment["MESSAGING_COMMIT"].flatMap { text in
    text.isEmpty || !text.allSatisfy { $0 == "-" || $0.isASCII && ($0.isLetter || $0.isNumber) } ? nil : text
}

/// The condition of dependencies that only the server and its tests have.
let server = TargetDependencyCondition.when(traits: ["Server"])
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird", condition: server)
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio", condition: server)
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio", condition: server)
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio", condition: server)
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle",
    condition: server
)

let package = Package(
    name: "messaging-platform",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "MessagingContract", targets: ["MessagingContract"]),
        .library(name: "MessagingDecisions", targets: ["MessagingDecisions"]),
        .library(name: "MessagingSDK", targets: ["MessagingSDK"]),
        .library(name: "MessagingTesting", targets: ["MessagingTesting"]),
        .executable(name: "messaging", targets: ["messaging"]),
        .executable(name: "messaging-server", targets: ["messaging-server"]),
    ],
    traits: [
        .trait(name: "Server", description: "The server, its engines and its command line."),
        .trait(name: "TLS", description: "TLS of the server.", enabledTraits: ["Server"]),
        .default(enabledTraits: ["Server", "TLS"]),
    ],
    dependencies: [
        // Ranges, since users of the SDK and of MessagingTesting build these into packages of their own.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "StrictJSON", swiftSettings: settings),
        .target(name: "StandardStreams", swiftSettings: settings),
        .target(
            name: "MessagingContract",
            dependencies: ["StrictJSON", .product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: settings
        ),
        .target(name: "MessagingDecisions", dependencies: ["MessagingContract"], swiftSettings: settings),
        .target(
            name: "MessagingSDK",
            dependencies: [
                "MessagingContract",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(platforms: [.linux])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(platforms: [.linux])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(platforms: [.linux])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(platforms: [.linux])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(platforms: [.linux])),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MessagingCore",
            dependencies: [
                "StandardStreams", "MessagingContract",
                .product(name: "HashTreeCollections", package: "swift-collections", condition: server),
                .product(name: "Crypto", package: "swift-crypto", condition: server),
            ],
            swiftSettings: settings
        ),
        .target(name: "SQLiteClosing"),
        .target(name: "BuildCommit", cSettings: commit.map { [.define("MESSAGING_COMMIT", to: $0)] } ?? []),
        .target(
            name: "MessagingSQLite",
            dependencies: [
                "MessagingCore", "SQLiteClosing",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRDB", package: "GRDB.swift", condition: server),
                .product(name: "GRDBSQLite", package: "GRDB.swift", condition: server),
            ],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "MessagingPostgres",
            dependencies: [
                "StrictJSON", "MessagingCore", "CLibPQ",
                .product(name: "DequeModule", package: "swift-collections", condition: server),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MessagingServer",
            dependencies: [
                "MessagingContract", "MessagingDecisions", "MessagingCore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                hummingbirdCore, nioCore, nioPosix, serviceLifecycle,
                .product(name: "Crypto", package: "swift-crypto", condition: server),
                .product(name: "NIOWebSocket", package: "swift-nio", condition: server),
                .product(name: "NIOTLS", package: "swift-nio", condition: server),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MessagingEmulator",
            dependencies: ["MessagingContract", "MessagingCore", "MessagingServer"],
            swiftSettings: settings
        ),
        .target(
            name: "MessagingService",
            dependencies: [
                "MessagingContract", "MessagingCore", "MessagingPostgres", "MessagingSQLite", "MessagingServer",
                "MessagingEmulator",
                "BuildCommit",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Configuration", package: "swift-configuration", condition: server),
                nioCore, nioHTTP1, nioPosix, serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MessagingTesting",
            dependencies: [
                "MessagingSDK", "MessagingCore", "MessagingSQLite", "MessagingServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "messaging-server",
            dependencies: [
                "StandardStreams", "MessagingContract", "MessagingCore", "MessagingServer", "MessagingService",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: server),
            ],
            swiftSettings: settings,
            linkerSettings: staticRuntime
        ),
        .target(
            name: "MessagingFiles",
            dependencies: [
                "StandardStreams", "MessagingContract", "MessagingDecisions", "MessagingSDK",
                .product(name: "Yams", package: "Yams", condition: server),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            // Without the static runtime: the SDK's URLSession would need libcurl's static library.
            name: "messaging",
            dependencies: [
                "StandardStreams", "MessagingContract", "MessagingDecisions", "MessagingFiles", "MessagingSDK",
                "BuildCommit",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: server),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                hummingbirdCore, nioCore, nioPosix,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Randomness",
            dependencies: ["MessagingContract"],
            path: "Tests/Randomness",
            swiftSettings: settings
        ),
        .target(
            name: "TestDatabase",
            dependencies: ["CLibPQ", "MessagingPostgres"],
            path: "Tests/TestDatabase",
            swiftSettings: settings
        ),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .target(name: "ThreadTime", path: "Tests/ThreadTime", swiftSettings: settings),
        .target(
            name: "Allocations",
            dependencies: ["AllocationCounter"],
            path: "Tests/Allocations",
            swiftSettings: settings
        ),
        .testTarget(name: "StandardStreamsTests", dependencies: ["StandardStreams"], swiftSettings: settings),
        .testTarget(
            name: "MessagingContractTests",
            dependencies: ["MessagingContract", "Allocations", "Randomness", "ThreadTime"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingDecisionsTests",
            dependencies: ["MessagingContract", "MessagingDecisions", "Allocations", "Randomness", "ThreadTime"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingCoreTests",
            dependencies: ["MessagingContract", "MessagingCore", "MessagingSQLite", "Allocations", "Randomness"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingSDKTests",
            dependencies: [
                "MessagingDecisions", "MessagingSDK", "MessagingTesting",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: server),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                nioCore, nioHTTP1, nioPosix,
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: server),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "sdk-relay",
            dependencies: [
                "MessagingSDK",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                hummingbirdCore, nioCore, nioPosix,
            ],
            path: "Tests/SDKRelay",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "messaging-bench",
            dependencies: [
                "MessagingContract", "MessagingDecisions", "MessagingCore", "MessagingPostgres", "MessagingSQLite",
                "MessagingServer", "MessagingService", "MessagingSDK",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: server),
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: server),
                .product(name: "Hummingbird", package: "hummingbird", condition: server),
                .product(name: "Logging", package: "swift-log"),
                nioCore, nioHTTP1, nioPosix, serviceLifecycle,
            ],
            path: "Benchmarks/MessagingBench",
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingCommandTests",
            dependencies: [
                "StandardStreams", "MessagingFiles", "MessagingSDK", "messaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: server),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingFilesTests",
            dependencies: ["MessagingFiles", "MessagingSDK", "MessagingTesting", "Randomness"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "MessagingCore", "MessagingPostgres", "MessagingSQLite", "Randomness", "TestDatabase",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["Server"])),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingServiceTests",
            dependencies: [
                "MessagingServer",
                "MessagingContract", "MessagingCore", "MessagingEmulator", "MessagingService",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                nioCore, .product(name: "NIOEmbedded", package: "swift-nio", condition: server),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessagingServerTests",
            dependencies: [
                "MessagingContract", "MessagingDecisions", "MessagingCore", "MessagingPostgres", "MessagingSQLite",
                "MessagingServer", "Allocations", "Randomness", "TestDatabase",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                nioCore, .product(name: "NIOEmbedded", package: "swift-nio", condition: server), nioHTTP1, nioPosix,
                .product(name: "NIOWebSocket", package: "swift-nio", condition: server),
                serviceLifecycle,
            ],
            swiftSettings: settings
        ),
    ]
)

// Only a build of the documentation resolves its plugin.
if Context.environment["MESSAGING_DOCUMENTATION"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"))
}
