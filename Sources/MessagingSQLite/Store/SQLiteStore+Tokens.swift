public import Foundation
import GRDB
public import MessagingCore

extension SQLiteStore {
    /// Inserts a token in a transaction that it shares with other writes that wait at the same time.
    public func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool {
        let owner = TokenOwner(organization: token.organization, client: token.client)
        let hasRoom = (tokenCounts.value(for: owner) ?? .max) < most
        let new = SharedWrite.NewToken(token: token, most: most, moment: now, countedRows: hasRoom ? 0 : most)
        switch await share(.token(new)) {
        case .stored: return true
        case .refused: return false
        case .failed(let failure): throw .unavailable(cause: failure.cause)
        }
    }

    /// Inserts a token, and refuses it if its client has no room for it. Tokens of the same transaction count. The token fails alone if its
    /// digest is stored already, or if it cannot be stored because a text has U+0000.
    func apply(_ new: SharedWrite.NewToken, in db: Database) throws -> WriteOutcome {
        let (token, owner) = (new.token, new.owner)
        var count = tokenCounts.value(for: owner) ?? .max
        tokenCounts.removeValue(for: owner)
        do {
            if count >= new.most { count = try Self.tokens(of: owner, at: new.moment, upTo: new.most, in: db) }
            guard count < new.most else { return .refused }
            let scopes = String(decoding: try JSONEncoder().encode(token.scopes), as: UTF8.self)
            // A statement that fails changes nothing, so it needs no savepoint.
            try db.cachedStatement(
                sql: "INSERT INTO token (digest, organization, client, scopes, expires) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [
                Data(token.digest), try Text.checked(token.organization), try Text.checked(token.client), scopes,
                Int64(clamping: token.expires.timeIntervalSince1970.rounded(.down)),
            ])
        } catch let error where error.concernsOneWrite && db.isInsideTransaction {
            return rejected("token", of: token.organization, error)
        }
        // Too high a bound if the transaction fails, but still a bound.
        tokenCounts.insert(count + 1, for: owner)
        return .stored()
    }

    /// Returns the number of a client's tokens that expire after `now`, counted up to `most`.
    private static func tokens(of owner: TokenOwner, at now: Date, upTo most: Int, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM
                    (SELECT 1 FROM token WHERE organization = ? AND client = ? AND expires > ? LIMIT ?)
                """
        )
        let moment = Int64(clamping: now.timeIntervalSince1970.rounded(.down))
        return try Int.fetchOne(statement, arguments: [owner.organization, owner.client, moment, most]) ?? 0
    }

    public func token(digest: [UInt8]) throws(StoreError) -> (token: StoredToken, revision: Revision)? {
        try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT organization, client, scopes, expires, ifnull(revision, 0)
                    FROM token LEFT JOIN organization ON organization.id = token.organization WHERE digest = ?
                    """
            )
            guard let row = try Row.fetchOne(statement, arguments: [Data(digest)]) else { return nil }
            guard let scopes = try? JSONDecoder().decode([String].self, from: Data(row.text(2).utf8)) else {
                throw StoreError.corrupt(cause: "the scopes of a token are not a list of names")
            }
            let token = StoredToken(
                digest: digest,
                organization: try row.text(0),
                client: try row.text(1),
                scopes: scopes,
                expires: Date(timeIntervalSince1970: Double(try row.integer(3)))
            )
            return (token, try row.integer(4))
        }
    }

    public func deleteTokens(expiredBefore moment: Date, limit: Int) throws(StoreError) -> Int {
        do {
            return try write { db in
                try db.cachedStatement(
                    sql: """
                        DELETE FROM token WHERE digest IN (
                            SELECT digest FROM token WHERE expires < ? ORDER BY expires LIMIT ?
                        )
                        """
                ).execute(arguments: [
                    Int64(clamping: moment.timeIntervalSince1970.rounded(.up)), max(0, limit),
                ])
                return (db.changesCount, commit: true)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }
}
