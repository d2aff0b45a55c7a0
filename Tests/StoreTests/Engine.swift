import Foundation
import Logging
import MessagingCore
import MessagingSQLite
import TestDatabase
import Testing

@testable import MessagingPostgres

/// An engine on which every shared test runs. A new engine needs one more line in ``all``.
struct Engine: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Runs the body with a new, empty store and clears it away afterwards.
    let withStore: @Sendable (@Sendable (any Store) async throws -> Void) async throws -> Void

    static let all = [
        Engine(testDescription: "SQLite in memory") { body in
            let store = try SQLiteStore.inMemory(logger: quiet)
            try await body(store)
            await store.close()
        },
        Engine(testDescription: "SQLite on disk") { body in
            try await withDirectory { directory in
                let store = try SQLiteStore.open(path: directory + "/messaging.sqlite", logger: quiet)
                try await body(store)
                await store.close()
            }
        },
        Engine(testDescription: "PostgreSQL") { body in
            try await withSchema { address in
                try await body(try await PostgresStore.open(address, logger: quiet))
            }
        },
        Engine(testDescription: "PostgreSQL with partitions") { body in
            try await withSchema { address in
                try await body(try await PostgresStore.open(address, missing: .create(partitions: 3), logger: quiet))
            }
        },
    ]
}

extension Store {
    /// Makes commits at the same time, see ``together(_:_:)``.
    func commit(_ commits: [Commit]) async -> [CommitOutcome] {
        await together(commits.count) { await self.commit(commits[$0]) }
    }

    /// Makes calls in the order of their numbers, from 0, without waiting for their results, and returns these in the same order. The store
    /// begins when it has all calls.
    func together<Result: Sendable>(
        _ count: Int,
        _ call: @escaping @Sendable (_ number: Int) async -> Result
    ) async -> [Result] {
        let areHandedOver = DispatchSemaphore(value: 0)
        let holding = Task(executorPreference: taskExecutor) { wait(for: areHandedOver) }
        let tasks = (0..<count).map { number in Task(executorPreference: taskExecutor) { await call(number) } }
        areHandedOver.signal()
        await holding.value
        var results: [Result] = []
        for task in tasks { results.append(await task.value) }
        return results
    }
}

/// Returns the number of transactions in the log of an open database: the log marks the last page of each transaction, which is synced
/// there.
func transactions(inLogOf path: String) throws -> Int {
    let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "-wal")))
    return stride(from: 32, to: log.count, by: 24 + 4096).count { log[$0 + 4..<$0 + 8] != [0, 0, 0, 0] }
}

/// Blocks the thread of the store.
private func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }

/// A logger that writes nothing.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs the body with the address of a new, empty schema, and drops it afterwards. `options` are settings of its connections. They all have
/// the name of the schema.
func withSchema<T>(_ options: String = "", _ body: (DatabaseAddress) async throws -> T) async throws -> T {
    let database = try TestDatabase(options)
    defer { try? database.drop() }
    return try await body(database.address)
}

/// Runs the body with a new directory and removes it afterwards.
func withDirectory<T>(_ body: (String) async throws -> T) async throws -> T {
    let directory = FileManager.default.temporaryDirectory.path + "/store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try await body(directory)
}

/// Opens a database and closes it again; returns the error with which it was refused, nil when it was not.
func refusal(_ path: String) async -> OpenError? {
    do {
        try await SQLiteStore.open(path: path, logger: quiet).close()
        return nil
    } catch {
        return error
    }
}
