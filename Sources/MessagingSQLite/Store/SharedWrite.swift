import MessagingCore

import struct Foundation.Date

/// A write that shares a transaction with the others that wait at the same time.
enum SharedWrite: Sendable {
    case commit(Commit)
    case token(NewToken)
    case drop(HistoryDrop)

    /// A token and the limit on the tokens of its client.
    struct NewToken: Sendable {
        let token: StoredToken
        /// The largest number of the client's tokens that expire after ``moment``.
        let most: Int
        let moment: Date
        /// The number of rows that are read to count the client's tokens; 0 if a known bound shows that there is room.
        let countedRows: Int

        var owner: TokenOwner { TokenOwner(organization: token.organization, client: token.client) }
    }

    /// The old changes of an organization that can be dropped, at most a number of them.
    struct HistoryDrop: Sendable {
        let organization: String
        let cut: HistoryCut
        let limit: Int

        /// The number of bytes after which a transaction drops no more changes. Freeing the pages of more would delay other calls.
        static let mostBytes = 1 << 20
    }

    /// The cost of the dearest light write, about a millisecond's work.
    static let lightCost = 64 << 10

    /// Whether the write makes its transaction a heavy turn, see ``WaitingSharedWrites``.
    var isHeavy: Bool { cost > Self.lightCost }

    /// Whether other writes may share its transaction. A drop fails and ends alone, since it frees very many pages.
    var isShareable: Bool { if case .drop = self { false } else { true } }

    /// The cost in bytes that are written, where each statement costs as much as a kilobyte, and 250 counted rows too.
    var cost: Int {
        switch self {
        case .commit(let commit): commit.cost
        case .token(let new):
            new.token.scopes.reduce((2 << 10) + min(new.countedRows, 1 << 20) * 4) { $0 + $1.utf8.count }
        case .drop: HistoryDrop.mostBytes
        }
    }
}

extension Commit {
    fileprivate var cost: Int {
        let statements =
            1 + changes.count + idempotency.count + revokedTokens.count + effects.count + settledEffects.count
        return changes.reduce(statements << 10) { $0 + ($1.before?.count ?? 0) + ($1.after?.count ?? 0) }
    }
}
