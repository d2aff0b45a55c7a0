import Foundation
import Logging
public import MessagingCore

extension PostgresStore {
    /// Applies a commit in a transaction of its own, whose statements are sent at once.
    ///
    /// If the connection is lost after COMMIT was sent, the outcome is looked up before the caller gets it.
    public func commit(_ commit: Commit) async -> CommitOutcome {
        guard commit.isStorable, commit.revision > commit.base else {
            logger.error("Rejected a commit", metadata: ["organization": "\(commit.organization.line(limit: 100))"])
            return .unavailable
        }
        let id = surroundings.makeID()
        do throws(SessionError) {
            let result = try await writing { (session) throws(SessionError) in
                try session.commit(commit, id: id, leaseholder: self.leaseholder)
            }
            switch result {
            case .committed: return .committed
            case .conflict: return .conflict
            case .warned(let warning):
                logger.error("A commit was not acknowledged", metadata: ["cause": "\(warning)"])
                return .unknown
            case .lost(let cause, let primary):
                logger.error("Lost the connection during a commit", metadata: ["cause": "\(cause)"])
                return await lookUp(commit, id: id, on: primary)
            }
        } catch {
            logger.error("Could not complete a commit", metadata: ["cause": "\(error.cause)"])
            return .unavailable
        }
    }

    /// Returns the outcome of a commit whose connection was lost. If the database does not have it, it cannot be made any more afterwards. The
    /// outcome is unknown on another primary, which may lack it though it was durable.
    private func lookUp(_ commit: Commit, id: String, on primary: String?) async -> CommitOutcome {
        do throws(SessionError) {
            return try await writing { (session) throws(SessionError) in
                guard let primary, session.facts?.primary == primary else { return .unknown }
                return try session.lookUp(commit, id: id)
            }
        } catch {
            logger.error("Could not look up the outcome of a commit", metadata: ["cause": "\(error.cause)"])
            return .unknown
        }
    }
}

/// The result of a commit in a session.
enum CommitResult: Sendable {
    case committed
    case conflict
    /// The database warned that the commit may not be durable everywhere.
    case warned(String)
    /// The connection was lost after COMMIT was sent.
    case lost(cause: String, primary: String?)
}

extension Session {
    /// Applies a commit with an id of its own.
    func commit(_ commit: Commit, id: String, leaseholder: String) throws(SessionError) -> CommitResult {
        do throws(SessionError) {
            _ = try transact(CommitStatements(commit, id: id, leaseholder: leaseholder).queries)
        } catch {
            switch error {
            case .refused(CommitStatements.conflictState(of: commit), _, statement: firstOfTransaction):
                return .conflict
            case .lost(_, isSent: true) where hasWarning: return .warned(warning)
            case .lost(let cause, isSent: true): return .lost(cause: cause, primary: facts?.primary)
            default: throw error
            }
        }
        return hasWarning ? .warned(warning) : .committed
    }

    /// Returns whether the database has a commit, and makes it impossible if not. Waits for a transaction that may still make it.
    ///
    /// A commit that is found is durable, since this transaction comes after it. The outcome is unknown if the log no longer goes back so far.
    func lookUp(_ commit: Commit, id: String) throws(SessionError) -> CommitOutcome {
        let rows = try transact(CommitStatements.lookUp(commit, id: id))
        if hasWarning { return .unknown }
        return try SessionError.fromStore { () throws(StoreError) in
            if try rows[0].integer(0, 0) == 0 { return .committed }
            let revision = rows[1].count > 0 ? try rows[1].integer(0, 0) : 0
            return revision - CommitStatements.loggedRevisions >= commit.revision ? .unknown : .unavailable
        }
    }
}

extension Commit {
    /// Whether all of its texts can be stored.
    fileprivate var isStorable: Bool {
        Text.isStorable(organization)
            && changes.allSatisfy { change in
                let author = change.author
                return Text.isStorable(change.kind.rawValue) && Text.isStorable(change.id)
                    && Text.isStorable(author.user)
                    && Text.isStorable(author.operation) && Text.isStorable(author.contextID)
                    && (author.client.map(Text.isStorable) ?? true) && (author.address.map(Text.isStorable) ?? true)
            }
            && idempotency.allSatisfy { record in
                [record.id, record.request, record.kind.rawValue, record.object].allSatisfy(Text.isStorable)
            }
            && (effects.map(\.key) + settledEffects).allSatisfy { key in
                Text.isStorable(key.kind.rawValue) && Text.isStorable(key.object)
            }
    }
}
