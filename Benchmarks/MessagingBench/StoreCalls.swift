import ArgumentParser
import Foundation
import MessagingCore

/// Measures single calls of a store that has many organizations, one after the other, without HTTP.
struct StoreCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "calls", abstract: "Single calls of a store.")

    @Option(help: "The database file, or the address of a PostgreSQL database.")
    var database: String

    @Option(help: "How often each call is made, at most 1,000 times.")
    var times = 300

    /// The numbers of organizations whose revisions one check asks for.
    private static let checked = [1, 64, 1_000]

    func run() async throws {
        try await withStore(database) { store in
            let ids = try await store.organizations(after: nil, limit: 1_000)
            guard ids.count == 1_000 else { throw ValidationError("the database needs 1,000 organizations") }
            try await measureTokens(store, of: ids)
            try await measureCommits(store, of: ids)
            try await measure("a load of an organization") { _ = try await store.load(ids[$0 % ids.count]) }
            if let shared = store.sharedRevisions {
                for count in Self.checked {
                    try await measure("a check of \(count) organizations") { _ in
                        _ = try await withCheckedContinuation { continuation in
                            shared.readRevisions(of: { Array(ids.prefix(count)) }) {
                                continuation.resume(returning: $0)
                            }
                        }.get()
                    }
                }
            }
            let organizations = Organizations(store: store)
            let number = try await organizations.identifiers().count
            let seconds = try await self.seconds {
                try await organizations.sweepIdempotencyRecords()
                try await organizations.sweepHistory(HistoryLimits())
            }
            Self.show("a sweep of an organization without old data", microseconds: seconds * 1e6 / Double(number))
        }
    }

    private func measureCommits(_ store: any Store, of organizations: [String]) async throws {
        var commits: [Commit] = []
        for id in organizations.prefix(times) {
            guard let stored = try await store.load(id), let record = stored.records.first else {
                throw ValidationError("an organization has no records")
            }
            let change = Change(
                revision: stored.revision + 1,
                position: 0,
                kind: record.kind,
                id: record.id,
                before: record.bytes,
                after: record.bytes,
                author: .bench,
                time: Date()
            )
            commits.append(
                Commit(organization: id, base: stored.revision, revision: stored.revision + 1, changes: [change])
            )
        }
        try await measure("a commit of a change") { number in
            guard await store.commit(commits[number]) == .committed else { throw ValidationError("not committed") }
        }
    }

    private func measureTokens(_ store: any Store, of organizations: [String]) async throws {
        let now = Date()
        let digests = (0..<times).map { _ in (0..<32).map { _ in UInt8.random(in: 0...255) } }
        try await measure("an insertion of a token") { number in
            let token = StoredToken(
                digest: digests[number],
                organization: organizations[number % organizations.count],
                client: "bench",
                scopes: ["messaging"],
                expires: now + 3_600
            )
            _ = try await store.insert(token, upTo: 1_000, at: now)
        }
        try await measure("a look-up of a token") { _ = try await store.token(digest: digests[$0]) }
    }

    /// Prints the median of the times of a call.
    private func measure(_ name: String, _ call: (Int) async throws -> Void) async throws {
        var all: [Double] = []
        for number in 0..<times { all.append(try await seconds { try await call(number) }) }
        Self.show(name, microseconds: all.sorted()[times / 2] * 1e6)
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private static func show(_ name: String, microseconds: Double) { print("\(name)\t\(Int(microseconds))") }
}
