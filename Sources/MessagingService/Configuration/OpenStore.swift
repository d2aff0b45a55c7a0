import Foundation
import Logging
import MessagingCore
import MessagingPostgres
import MessagingSQLite

extension Engine {
    /// Opens the database, and creates a missing one. If a database file existed and is lost, a new one is created only if `create` is true.
    /// `missing` says what to do if PostgreSQL has no tables. Throws one line if the database cannot be used. A file blocks the calling thread.
    func open(
        create: Bool = false,
        missing: MissingTables = .create(partitions: nil),
        logger: Logger
    ) async throws -> OpenStore {
        switch self {
        case .file(let path):
            OpenStore(engine: self, .sqlite(try .open(path: path, create: create, logger: logger)))
        case .memory:
            OpenStore(engine: self, .sqlite(try .inMemory(logger: logger)))
        case .postgres(let address):
            OpenStore(engine: self, .postgres(try await .open(address, missing: missing, logger: logger)))
        }
    }
}

/// The open store of an ``Engine``, with the work that depends on the engine.
struct OpenStore: Sendable {
    fileprivate enum Base {
        case sqlite(SQLiteStore)
        case postgres(PostgresStore)
    }

    private let engine: Engine
    private let base: Base

    fileprivate init(engine: Engine, _ base: Base) { (self.engine, self.base) = (engine, base) }

    /// The store, by the capabilities that all engines have.
    var store: any Store {
        switch base {
        case .sqlite(let store): store
        case .postgres(let store): store
        }
    }

    /// The store with its files; nil if the database is not in a file.
    var file: SQLiteStore? {
        if case .file = engine, case .sqlite(let store) = base { store } else { nil }
    }

    /// Returns the store with its files for a command that works on a file. Throws the ``Engine/refusal(of:)`` if there is none.
    func file(for command: String) throws(StartError) -> SQLiteStore {
        guard let file else { throw engine.refusal(of: command) }
        return file
    }

    /// The store if other servers may have the same database open; nil otherwise.
    var shared: PostgresStore? {
        if case .postgres(let store) = base { store } else { nil }
    }

    /// Closes the store. Closing again does nothing.
    func close() async {
        switch base {
        case .sqlite(let store): await store.close()
        case .postgres(let store): store.close()
        }
    }

    /// Checks for conditions that an idle store would not notice. Call it about once a second.
    func check() async {
        switch base {
        case .sqlite(let store): await store.check()
        case .postgres(let store): await store.check()
        }
    }

    /// Returns the last stored time that decides which old records may be dropped; nil if none was stored.
    func rememberedSweepTime() async -> Date? {
        switch base {
        case .sqlite(let store): await store.rememberedSweepTime()
        case .postgres(let store): await store.rememberedSweepTime()
        }
    }

    /// Stores the time that decides which old records may be dropped. The next start begins with it.
    func remember(sweepTime: Date) async {
        switch base {
        case .sqlite(let store): await store.remember(sweepTime: sweepTime)
        case .postgres(let store): await store.remember(sweepTime: sweepTime)
        }
    }

    /// Returns the use of keys by the secrets of all stored integrations. `keys` are the existing ones.
    func keyUse(given keys: SealingKeys?) async throws(StoreError) -> KeyUse {
        let use = KeyUse(given: keys)
        return switch base {
        case .sqlite(let store): try await store.reduce(.openIntegration, into: use) { $0.add($1) }
        case .postgres(let store):
            try await store.reduceIntegrations(into: use) { use, bytes in bytes.withUnsafeBytes { use.add($0) } }
        }
    }

    /// Returns the facts about the database for the log: the place, the version of the engine, and the settings that durability depends on.
    func facts() async throws(StoreError) -> Logger.Metadata {
        switch base {
        case .sqlite(let store):
            return [
                "path": "\(engine)", "sqlite": "\(SQLiteStore.engineVersion)",
                "synchronous": "\(try await store.synchronous())",
            ]
        case .postgres(let store):
            let facts = try await store.facts()
            return [
                "database": "\(engine)", "postgresql": "\(facts.version)",
                "synchronous_commit": "\(facts.synchronousCommit)",
                "synchronous_standby_names": "\(facts.standbys)",
            ]
        }
    }
}
