import Foundation
import MessagingContract
import MessagingCore
import Synchronization

/// A store without a disk: every commit is durable at once. It keeps organizations, clients and tokens, and no changes, since the server has
/// the objects in its snapshots.
final class ForgetfulStore: Store {
    private struct Kept {
        var organizations: Set<String> = []
        var clients: [String: StoredClient] = [:]
        var tokens: [[UInt8]: StoredToken] = [:]
    }

    private let kept = Mutex(Kept())
    let epoch = "bench"
    var canWrite: Bool { true }
    let taskExecutor: (any TaskExecutor)? = nil
    var sharedRevisions: (any SharedRevisions)? { nil }

    func commit(_ commit: Commit) async -> CommitOutcome {
        kept.withLock { kept in
            if commit.base == 0 { kept.organizations.insert(commit.organization) }
            for change in commit.changes where change.kind == .oauthClient {
                kept.clients[change.id] = change.after.map {
                    StoredClient(organization: commit.organization, bytes: $0)
                }
            }
        }
        return .committed
    }

    func load(_ organization: String) async throws(StoreError) -> StoredOrganization? { nil }

    func organizations(after id: String?, limit: Int) async throws(StoreError) -> [String] {
        kept.withLock { kept in Array(kept.organizations.sorted().drop { $0 <= id ?? "" }.prefix(limit)) }
    }

    func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) async throws(StoreError) -> [LeasedEffect] { [] }

    func finishEffect(_ key: Effect.Key, of organization: String) async throws(StoreError) {}

    func client(_ id: String) async throws(StoreError) -> StoredClient? { kept.withLock { $0.clients[id] } }

    func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) async throws(StoreError) -> [Change]? { nil }

    func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage { ChangePage(changes: [], total: 0) }

    func size(of organization: String) async throws(StoreError) -> OrganizationSize? { nil }

    func dropChanges(of organization: String, _ cut: HistoryCut, limit: Int) async throws(StoreError) -> Int { 0 }

    func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool {
        kept.withLock { $0.tokens[token.digest] = token }
        return true
    }

    func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)? {
        kept.withLock { $0.tokens[digest] }.map { ($0, .max) }
    }

    func idempotencyRecords(of organization: String, _ ids: [String]) async throws(StoreError) -> [IdempotencyRecord] {
        []
    }

    func deleteIdempotencyRecords(
        of organization: String,
        expiredBefore moment: Date,
        limit: Int
    ) async throws(StoreError) -> Int { 0 }

    func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int { 0 }
}
