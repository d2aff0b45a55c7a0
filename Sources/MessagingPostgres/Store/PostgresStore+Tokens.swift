public import Foundation
public import MessagingCore

extension PostgresStore {
    /// Makes the servers that insert a token of the same client wait for each other, so that they count each other's tokens.
    private static let lockClient = Statement(
        "SELECT pg_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 0))"
    )
    private static let insertToken = Statement(
        """
        WITH room AS (
            SELECT count(*) < $6 AS is_there FROM (
                SELECT 1 FROM token WHERE organization = $1 AND client = $3 AND expires > $7 LIMIT $6
            ) AS valid
        ), new AS (
            INSERT INTO token (organization, digest, client, scopes, expires)
            SELECT $1, $2, $3, $4, $5 FROM room WHERE is_there RETURNING digest
        )
        INSERT INTO token_directory (digest, organization) SELECT digest, $1 FROM new
        """
    )

    public func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool {
        guard ([token.organization, token.client] + token.scopes).allSatisfy(Text.isStorable) else {
            throw .unavailable(cause: "text with U+0000 cannot be stored")
        }
        return try await write {
            [
                Query(Self.lockClient, [.text(token.organization), .text(token.client)]),
                Query(
                    Self.insertToken,
                    [
                        .text(token.organization), .bytes(token.digest), .text(token.client), .texts(token.scopes),
                        .integer(Int64(clamping: token.expires.timeIntervalSince1970.rounded(.down))),
                        .integer(Int64(max(0, most))),
                        .integer(Int64(clamping: now.timeIntervalSince1970.rounded(.down))),
                    ]
                ),
            ]
        } _: { (results) throws(StoreError) in
            results[1].changedCount == 1
        }
    }

    private static let findToken = Statement(
        """
        SELECT token.organization, token.client, array_to_json(token.scopes)::text, token.expires, coalesce(organization.revision, 0)
        FROM token_directory
        JOIN token ON token.organization = token_directory.organization AND token.digest = token_directory.digest
        LEFT JOIN organization ON organization.id = token.organization
        WHERE token_directory.digest = $1
        """
    )

    public func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)? {
        try await read {
            [Query(Self.findToken, [.bytes(digest)])]
        } _: { (results) throws(StoreError) in
            let rows = results[0]
            guard rows.count > 0 else { return nil }
            guard let scopes = try? JSONDecoder().decode([String].self, from: Data(rows.text(0, 2).utf8)) else {
                throw .corrupt(cause: "the scopes of a token are not a list of names")
            }
            let token = StoredToken(
                digest: digest,
                organization: try rows.text(0, 0),
                client: try rows.text(0, 1),
                scopes: scopes,
                expires: Date(timeIntervalSince1970: Double(try rows.integer(0, 3)))
            )
            return (token, try rows.integer(0, 4))
        }
    }

    private static let deleteExpired = Statement(
        """
        WITH expired AS (
            SELECT organization, digest FROM token WHERE expires < $1 ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM token USING expired
            WHERE token.organization = expired.organization AND token.digest = expired.digest RETURNING token.digest
        )
        DELETE FROM token_directory USING gone WHERE token_directory.digest = gone.digest
        """
    )

    public func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int {
        let end = Int64(clamping: moment.timeIntervalSince1970.rounded(.up))
        return try await write {
            [Query(Self.deleteExpired, [.integer(end), .integer(Int64(max(0, limit)))])]
        } _: { (results) throws(StoreError) in
            results[0].changedCount
        }
    }
}
