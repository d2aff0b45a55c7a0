public import Foundation
public import MessagingCore

extension PostgresStore {
    private static let findKeys = Statement(
        """
        SELECT id, request, kind, object, version, expires_ms FROM idempotency WHERE organization = $1 AND id = ANY ($2)
        """
    )

    public func idempotencyRecords(
        of organization: String,
        _ ids: [String]
    ) async throws(StoreError) -> [IdempotencyRecord] {
        guard Text.isStorable(organization) else { return [] }
        let ids = ids.filter(Text.isStorable)
        return try await read {
            [Query(Self.findKeys, [.text(organization), .texts(ids)])]
        } _: { (results) throws(StoreError) in
            let rows = results[0]
            var records: [IdempotencyRecord] = []
            for row in 0..<rows.count {
                records.append(
                    IdempotencyRecord(
                        id: try rows.text(row, 0),
                        request: try rows.text(row, 1),
                        kind: RecordKind(rawValue: try rows.text(row, 2)),
                        object: try rows.text(row, 3),
                        version: Int(try rows.integer(row, 4)),
                        expires: Date(timeIntervalSince1970: Double(try rows.integer(row, 5)) / 1_000)
                    )
                )
            }
            return records
        }
    }

    private static let countExpiredKeys = Statement(
        "SELECT count(*) FROM (SELECT FROM idempotency WHERE organization = $1 AND expires_ms < $2 LIMIT 1) AS expired"
    )
    private static let deleteKeys = Statement(
        """
        WITH gone AS (
            DELETE FROM idempotency WHERE organization = $1 AND id IN (
                SELECT id FROM idempotency WHERE organization = $1 AND expires_ms < $2 ORDER BY expires_ms LIMIT $3
            ) RETURNING 1
        ), counted AS (SELECT count(*) AS number FROM gone)
        UPDATE organization SET keys = keys - number FROM counted WHERE id = $1 AND number > 0 RETURNING number
        """
    )

    public func deleteIdempotencyRecords(
        of organization: String,
        expiredBefore moment: Date,
        limit: Int
    ) async throws(StoreError) -> Int {
        guard Text.isStorable(organization) else { return 0 }
        let end = moment.nextMillisecond
        return try await delete(
            from: organization,
            ifAny: Query(Self.countExpiredKeys, [.text(organization), .integer(end)]),
            Query(Self.deleteKeys, [.text(organization), .integer(end), .integer(Int64(max(0, limit)))])
        )
    }
}
