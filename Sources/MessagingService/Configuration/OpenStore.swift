import Foundation
import Logging
import MessagingCore
import MessagingSQLite

extension Engine {
    /// Opens the database, and creates a missing one. If a database existed and is lost, a new one is created only if `create` is true.
    /// Throws if the database cannot be used. Blocks the calling thread.
    func open(create: Bool = false, logger: Logger) throws(OpenError) -> OpenStore {
        switch self {
        case .file(let path):
            OpenStore(engine: self, sqlite: try .open(path: path, create: create, logger: logger))
        case .memory:
            OpenStore(engine: self, sqlite: try .inMemory(logger: logger))
        }
    }
}

/// The open store of an ``Engine``, with the work that depends on the engine.
struct OpenStore: Sendable {
    fileprivate let engine: Engine
    fileprivate let sqlite: SQLiteStore

    /// The store, by the capabilities that all engines have.
    var store: any Store { sqlite }

    /// The store with its files; nil if the database is not in a file.
    var file: SQLiteStore? {
        switch engine {
        case .file: sqlite
        case .memory: nil
        }
    }

    /// Returns the store with its files for a command that works on a file. Throws the ``Engine/refusal(of:)`` if there is none.
    func file(for command: String) throws(StartError) -> SQLiteStore {
        guard let file else { throw engine.refusal(of: command) }
        return file
    }

    /// Closes the store. Closing again does nothing.
    func close() async { await sqlite.close() }

    /// Checks for conditions that an idle store would not notice. Call it about once a second.
    func check() async { await sqlite.check() }

    /// Returns the last stored time that decides which old records may be dropped; nil if none was stored.
    func rememberedSweepTime() async -> Date? { await sqlite.rememberedSweepTime() }

    /// Stores the time that decides which old records may be dropped. The next start begins with it.
    func remember(sweepTime: Date) async { await sqlite.remember(sweepTime: sweepTime) }

    /// Returns the use of keys by the secrets of all stored integrations. `keys` are the existing ones.
    func keyUse(given keys: SealingKeys?) async throws(StoreError) -> KeyUse {
        try await sqlite.reduce(.openIntegration, into: KeyUse(given: keys)) { $0.add($1) }
    }

    /// Returns the facts about the database for the log: the place, the version of the engine, and the settings that durability depends on.
    func facts() async throws(StoreError) -> Logger.Metadata {
        [
            "path": "\(engine)", "sqlite": "\(SQLiteStore.engineVersion)",
            "synchronous": "\(try await sqlite.synchronous())",
        ]
    }
}
