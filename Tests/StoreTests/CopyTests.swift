import Foundation
import MessagingCore
import MessagingPostgres
import MessagingSQLite
import Synchronization
import Testing

/// A database that is copied, or becomes a copy.
private enum Place: Sendable, CustomTestStringConvertible {
    case file, postgres(partitions: Int?)

    static let all = [file, postgres(partitions: nil), postgres(partitions: 3)]

    var testDescription: String {
        switch self {
        case .file: "SQLite"
        case .postgres(nil): "PostgreSQL"
        case .postgres: "PostgreSQL with partitions"
        }
    }

    /// Calls `body` with a new database of this kind.
    func with(_ body: (Database) async throws -> Void) async throws {
        switch self {
        case .file: try await withDirectory { try await body(Database(path: $0 + "/m.sqlite", address: nil)) }
        case .postgres(let partitions):
            try await withSchema { address in
                if let partitions {
                    try await PostgresStore.open(address, missing: .create(partitions: partitions), logger: quiet)
                        .close()
                }
                try await body(Database(path: nil, address: address))
            }
        }
    }
}

/// One database, which is either in a file or has an address.
private struct Database {
    let path: String?
    let address: DatabaseAddress?

    func open<Result>(_ body: (any Store) async throws -> Result) async throws -> Result {
        if let address {
            let store = try await PostgresStore.open(address, logger: quiet)
            defer { store.close() }
            return try await body(store)
        }
        let store = try SQLiteStore.open(path: path ?? "", logger: quiet)
        let result = try await body(store)
        await store.close()
        return result
    }

    func source() async throws -> any CopySource {
        if let address { return try PostgresCopySource(address, isFinal: false) }
        let backup = "\(path ?? "").\(UUID())"
        _ = try await Backup.run(of: path ?? "", to: backup)
        return try SQLiteCopySource(backup: backup, isFinal: false)
    }

    func target() throws -> any CopyTarget {
        if let address { return try PostgresCopyTarget(address) }
        return try SQLiteCopyTarget(path ?? "")
    }

    /// Copies all of it, and returns the report.
    @discardableResult
    func copy(to target: any CopyTarget) async throws -> CopyReport {
        try StoreCopy.run(from: try await source(), to: target, given: nil) { _ in }
    }
}

/// A target that does something else with its `number`th range of rows.
private final class Obstructed: CopyTarget {
    private let target: any CopyTarget
    private var number: Int
    private let obstruction: ([CopiedRow]) throws(StoreError) -> [CopiedRow]

    init(
        _ target: any CopyTarget,
        _ number: Int,
        _ obstruction: @escaping ([CopiedRow]) throws(StoreError) -> [CopiedRow]
    ) {
        (self.target, self.number, self.obstruction) = (target, number, obstruction)
    }

    func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try target.rows(of: table, after: key)
    }

    func replace(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) throws(StoreError) {
        number -= 1
        try target.replace(table, after: first, through: last, with: number == 0 ? obstruction(rows) : rows)
    }

    func finish() throws(StoreError) { try target.finish() }
}

@Suite struct CopyTests {
    private static let digest = [UInt8](repeating: 7, count: 32)

    /// Makes rows of each table. The records of one organization take several pages, by their number, and those of another one by their bytes.
    private static func fill(_ store: any Store) async throws {
        let many = (0..<2_500).map { Change.sample(1, position: $0, id: "é\($0)", after: Array("{\($0)}".utf8)) }
        let large = (0..<40).map {
            Change.sample(1, position: $0, id: "\($0)", after: [UInt8](repeating: 65, count: 100_000))
        }
        let commits = [
            Commit(organization: "many", base: 0, revision: 1, changes: many),
            Commit(organization: "large", base: 0, revision: 1, changes: large),
            Commit.step(
                "o1",
                from: 0,
                .sample(1, kind: .client, id: "c1", after: Array("[1]".utf8), author: .administration),
                .sample(1, position: 1, kind: RecordKind(rawValue: "internal"), id: "i", isInternal: true),
                idempotency: [
                    IdempotencyRecord(
                        id: "k",
                        request: "r",
                        kind: .setting,
                        object: "a",
                        version: 3,
                        expires: Date(timeIntervalSince1970: 9.5)
                    )
                ],
                effects: [Effect(Effect.Key(EffectKind(rawValue: "work"), "a"), due: Date(timeIntervalSince1970: 5))]
            ),
        ]
        #expect(await store.commit(commits) == [.committed, .committed, .committed])
        #expect(await store.commit([.put("o1", from: 1, "{}")]) == [.committed])
        #expect(
            await store.commit([.step("o1", from: 2, .sample(3, before: Array("{}".utf8), after: nil))]) == [.committed]
        )
        let token = StoredToken(
            digest: digest,
            organization: "o1",
            client: "c1",
            scopes: ["a/b", "é \"quoted\""],
            expires: Date(timeIntervalSince1970: 4_000_000_000)
        )
        #expect(try await store.insert(token, upTo: 9, at: Date(timeIntervalSince1970: 0)))
    }

    /// Expects what ``fill(_:)`` has made.
    private static func expectContent(_ store: any Store) async throws {
        let organizations = try await store.organizations()
        #expect(Set(organizations) == ["many", "large", "o1"])
        #expect(try await store.load("many")?.records.count == 2_500)
        #expect(try await store.load("large")?.records.count == 40)
        #expect(try await store.client("c1") == StoredClient(organization: "o1", bytes: Array("[1]".utf8)))
        let token = try await store.token(digest: digest)
        #expect(token?.token.scopes == ["a/b", "é \"quoted\""] && token?.revision == 3)
        #expect(try await store.idempotencyRecords(of: "o1", ["k"]).map(\.version) == [3])
        let changes = try #require(try await store.changes(of: "o1", after: 0, limit: 9))
        #expect(changes.map(\.revision) == [1, 1, 2, 3] && changes.map(\.isInternal) == [false, true, false, false])
        #expect(changes.map(\.author) == [.administration, .ada, .ada, .ada])
        #expect(
            try await store.leaseEffects(dueAt: Date(timeIntervalSince1970: 9_000), longestDelay: 3_600, limit: 9).count
                == 1
        )
        #expect(await store.commit([.put("o1", from: 3, "{}")]) == [.committed])
    }

    @Test(arguments: Place.all, Place.all) private func aCopyHasEveryRow(from: Place, to: Place) async throws {
        try await from.with { source in
            try await source.open(Self.fill)
            try await to.with { target in
                let report = try await source.copy(to: target.target())
                #expect(report.rows[.record] == 2_542 && report.rows[.history] == 2_543 && report.rows[.token] == 1)
                #expect(report.revisions.map(\.organization) == ["large", "many", "o1"])
                #expect(report.revisions.map(\.revision) == [1, 1, 3])
                try await Place.file.with { third in
                    let again = try await target.copy(to: third.target())
                    #expect(again.digest == report.digest)
                }
                try await target.open(Self.expectContent)
            }
        }
    }

    /// The source has changed meanwhile: rows are there that were not, others are gone or different.
    @Test(arguments: Place.all) private func anInterruptedCopyIsContinuedFromWhatTheSourceIsThen(to: Place) async throws
    {
        try await Place.file.with { source in
            try await source.open(Self.fill)
            try await to.with { target in
                for number in [2, 3, 9] {
                    let obstructed = Obstructed(try target.target(), number) { _ throws(StoreError) in
                        throw .unavailable(cause: "interrupted")
                    }
                    await #expect(throws: StoreError.unavailable(cause: "the new database: interrupted")) {
                        try await source.copy(to: obstructed)
                    }
                    try await source.open { store in
                        let revision = try #require(try await store.load("many")?.revision)
                        let changes: [Change] = [
                            .sample(revision + 1, id: "é1", after: Array("[\(number)]".utf8)),
                            .sample(revision + 1, position: 1, id: "a new \(number)"),
                            .sample(revision + 1, position: 2, id: "é2\(number)", before: [], after: nil),
                        ]
                        let commit = Commit(
                            organization: "many",
                            base: revision,
                            revision: revision + 1,
                            changes: changes
                        )
                        #expect(await store.commit([commit]) == [.committed])
                    }
                }
                let report = try await source.copy(to: target.target())
                #expect(report.rows[.record] == 2_542)
                try await target.open(Self.expectContent)
            }
        }
    }

    @Test(arguments: Place.all) private func aCopyThatDiffersIsNotOpened(to: Place) async throws {
        try await Place.file.with { source in
            try await source.open(Self.fill)
            try await to.with { target in
                let losing = Obstructed(try target.target(), 4) { rows in Array(rows.dropLast()) }
                await #expect(throws: StoreError.corrupt(cause: "the copy differs from its source")) {
                    try await source.copy(to: losing)
                }
                if let address = target.address {
                    let error = await #expect(throws: PostgresStore.OpenError.self) {
                        _ = try await PostgresStore.open(address, logger: quiet)
                    }
                    #expect(error?.description.contains("it is an unfinished copy") == true)
                } else {
                    #expect(!FileManager.default.fileExists(atPath: target.path ?? ""))
                }
            }
        }
    }

    @Test(arguments: Place.all) private func aStoreWithDataIsNoTarget(of place: Place) async throws {
        try await place.with { target in
            _ = try await target.open { await $0.commit([.put("o1", from: 0)]) }
            #expect(throws: (any Error).self) { _ = try target.target() }
            #expect(try await target.open { try await $0.text("o1") } == "{}")
        }
    }

    @Test func aServerThatHasAnEmptyStoreOpenWritesNothingIntoACopy() async throws {
        try await Place.postgres(partitions: nil).with { target in
            try await target.open { store in
                let copy = try target.target()
                #expect(await store.commit([.put("o1", from: 0)]) != [.committed])
                try await Place.file.with { source in
                    try await source.open(Self.fill)
                    try await source.copy(to: copy)
                }
            }
            try await target.open(Self.expectContent)
        }
    }

    @Test func aFinalBackupThatFailsLetsTheDatabaseTakeWritesAgain() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/m.sqlite", logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            let refused = Mutex<CommitOutcome?>(nil)
            await #expect(throws: BackupError.self) {
                _ = try await store.backUp(to: directory + "/b", isFinal: true) { _ in
                    let outcome = await store.commit(.put("o1", from: 1))
                    refused.withLock { $0 = outcome }
                    throw BackupError("interrupted")
                }
            }
            #expect(refused.withLock { $0 } == .unavailable)
            #expect(await store.commit([.put("o1", from: 1)]) == [.committed])
            _ = try await store.backUp(to: directory + "/b", isFinal: true)
            #expect(await store.commit([.put("o1", from: 2)]) == [.unavailable])
            await store.close()
            _ = try SQLiteCopySource(backup: directory + "/b", isFinal: true)
        }
    }

    /// As a server of an older version makes it.
    @Test func aBackupThatIsNotFinalIsNoSourceOfAFinalCopy() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/m.sqlite", logger: quiet)
            _ = try await store.backUp(to: directory + "/b")
            await store.close()
            let error = #expect(throws: BackupError.self) {
                _ = try SQLiteCopySource(backup: directory + "/b", isFinal: true)
            }
            #expect(error?.description.contains("still takes writes") == true)
        }
    }
}
