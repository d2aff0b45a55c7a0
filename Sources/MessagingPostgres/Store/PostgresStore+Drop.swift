import Foundation
public import MessagingCore

extension PostgresStore {
    /// The number of bytes after which a transaction drops no more changes.
    private static let mostBytes: Int64 = 1 << 20

    /// The oldest changes, and whether each may be dropped.
    ///
    /// A change may be dropped if it is from before `$2`, or if it is from before `$3` and the changes or the bytes before it do not
    /// suffice: more than `$4` changes or more than `$5` bytes are left with it. Each is dropped only after all earlier ones.
    private static let judged = """
        WITH present AS (
            SELECT changes - $4 AS surplus, record_bytes + history_bytes - $5 AS excess FROM organization WHERE id = $1
        ), oldest AS (
            SELECT revision, position, time_ms,
                CASE WHEN after IS NULL THEN 0 ELSE octet_length(after) + coalesce(octet_length(before), 0) END
                    + \(Change.overhead) AS counted,
                coalesce(octet_length(before), 0) + coalesce(octet_length(after), 0) AS content
            FROM history WHERE organization = $1 ORDER BY revision, position LIMIT $6
        ), summed AS (
            SELECT revision, position, time_ms, counted,
                row_number() OVER before_this - 1 AS number,
                coalesce(sum(counted) OVER before_this, 0) - counted AS bytes,
                coalesce(sum(content) OVER before_this, 0) - content AS contents
            FROM oldest WINDOW before_this AS (ORDER BY revision, position)
        ), judged AS (
            SELECT revision, position, counted, bool_and(
                contents < $7 AND (time_ms < $2 OR (number < surplus OR bytes < excess) AND time_ms < $3)
            ) OVER (ORDER BY revision, position) AS is_dropped
            FROM summed, present
        )
        """

    private static let countDropped = Statement("\(judged) SELECT count(*) FROM judged WHERE is_dropped")

    /// Deletes the changes that may be dropped, and notes the last of them. The caller has locked the organization, so no other transaction
    /// counts its changes meanwhile.
    private static let drop = Statement(
        """
        \(judged), gone AS (
            DELETE FROM history USING judged
            WHERE history.organization = $1 AND history.revision = judged.revision AND history.position = judged.position
                AND judged.is_dropped
            RETURNING history.revision, judged.counted
        ), total AS (
            SELECT count(*) AS number, sum(counted)::bigint AS bytes, max(revision) AS last FROM gone
        )
        UPDATE organization SET changes = changes - number, history_bytes = history_bytes - bytes, dropped = last
        FROM total WHERE id = $1 AND number > 0 RETURNING number
        """
    )

    public func dropChanges(
        of organization: String,
        _ cut: HistoryCut,
        limit: Int
    ) async throws(StoreError) -> Int {
        guard Text.isStorable(organization) else { return 0 }
        return try await delete(
            from: organization,
            ifAny: Query(Self.countDropped, Self.values(organization, cut, limit: min(1, limit))),
            Query(Self.drop, Self.values(organization, cut, limit: limit))
        )
    }

    private static func values(_ organization: String, _ cut: HistoryCut, limit: Int) -> [Value] {
        [
            .text(organization), .integer(cut.since.nextMillisecond), .integer(cut.protected.nextMillisecond),
            .integer(Int64(max(0, cut.keeping))), .integer(Int64(max(0, cut.bytes))), .integer(Int64(max(0, limit))),
            .integer(mostBytes),
        ]
    }
}
