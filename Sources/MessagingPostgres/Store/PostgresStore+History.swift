import Foundation
public import MessagingCore

extension PostgresStore {
    private static let columns = """
        revision, position, kind, id, before, after, "user", client, operation, context, address, time_ms
        """

    private static let droppedRevision = Statement(
        "SELECT greatest(dropped, internal_dropped) FROM organization WHERE id = $1"
    )
    /// The bytes before and after that the changes since a revision may have together. The database does not send more.
    private static let mostBytesOfChanges = Int64(16 << 20)
    private static let changesAfter = Statement(
        """
        SELECT revision, position, kind, id, CASE WHEN bytes <= $4 THEN before END, CASE WHEN bytes <= $4 THEN after END,
            "user", client, operation, context, address, time_ms, is_internal, bytes
        FROM (
            SELECT *, (sum(coalesce(octet_length(before), 0) + coalesce(octet_length(after), 0)) OVER ())::bigint AS bytes FROM (
                SELECT * FROM (
                    SELECT \(columns), 0::bigint AS is_internal FROM history WHERE organization = $1 AND revision > $2
                    UNION ALL
                    SELECT \(columns), 1::bigint FROM internal_change WHERE organization = $1 AND revision > $2
                ) AS changes ORDER BY revision, position LIMIT $3
            ) AS first
        ) AS counted ORDER BY revision, position
        """
    )

    public func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) async throws(StoreError) -> [Change]? {
        guard Text.isStorable(organization) else { return [] }
        return try await read {
            [
                Query(Self.droppedRevision, [.text(organization)]),
                Query(
                    Self.changesAfter,
                    [
                        .text(organization), .integer(revision), .integer(Int64(max(0, limit))),
                        .integer(Self.mostBytesOfChanges),
                    ]
                ),
            ]
        } _: { (results) throws(StoreError) in
            let (dropped, rows) = (results[0], results[1])
            if dropped.count > 0, try revision < dropped.integer(0, 0) { return nil }
            if rows.count > 0, try rows.integer(0, 13) > Self.mostBytesOfChanges { return nil }
            var changes: [Change] = []
            for row in 0..<rows.count {
                changes.append(try rows.change(row, isInternal: try rows.integer(row, 12) == 1))
            }
            return changes
        }
    }

    /// The statements of a page of the changes of all records of some kinds, or of those with one id. They are two, so that each has a plan
    /// of its own.
    private struct PageStatements {
        let count: Statement
        let page: Statement

        init(where condition: String) {
            count = Statement("SELECT count(*) FROM history WHERE \(condition)")
            // The changes of the page whose bytes are not above the limit, and always the first.
            page = Statement(
                """
                SELECT \(columns) FROM (
                    SELECT *, sum(size) OVER (ORDER BY revision DESC, position DESC) AS sum,
                        row_number() OVER (ORDER BY revision DESC, position DESC) AS number
                    FROM (
                        SELECT \(columns), coalesce(octet_length(before), 0) + coalesce(octet_length(after), 0) AS size
                        FROM history WHERE \(condition) ORDER BY revision DESC, position DESC OFFSET $5 LIMIT $6
                    ) AS page
                ) AS page WHERE sum <= $7 OR number = 1 ORDER BY revision DESC, position DESC
                """
            )
        }
    }

    private static let ofAll = PageStatements(
        where: "organization = $1 AND kind = ANY ($2) AND revision <= $4 AND $3::text IS NULL"
    )
    private static let ofOne = PageStatements(
        where: "organization = $1 AND kind = ANY ($2) AND revision <= $4 AND id = $3"
    )

    public func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage {
        let kinds = selection.kinds.map(\.rawValue)
        let (offset, limit) = (Int64(max(0, offset)), Int64(max(0, limit)))
        guard !kinds.isEmpty, ([organization, selection.id ?? ""] + kinds).allSatisfy(Text.isStorable) else {
            return ChangePage(changes: [], total: 0)
        }
        guard await pageGate.enter(organization) else { throw .cancelled }
        defer { pageGate.leave(organization) }
        let statements = selection.id == nil ? Self.ofAll : Self.ofOne
        return try await read {
            let values: [Value] = [
                .text(organization), .texts(kinds), .text(selection.id), .integer(selection.last),
            ]
            let page: [Value] = [.integer(offset), .integer(limit), .integer(Int64(ChangePage.mostBytes))]
            return [Query(statements.count, values), Query(statements.page, values + page)]
        } _: { (results) throws(StoreError) in
            let (total, rows) = (try results[0].integer(0, 0), results[1])
            var changes: [Change] = []
            for row in 0..<rows.count { changes.append(try rows.change(row, isInternal: false)) }
            let isCut = Int64(changes.count) < min(limit, max(0, total - offset))
            return ChangePage(changes: changes, total: Int(total), isCut: isCut)
        }
    }
}

extension Rows {
    /// Returns the change of a row with its columns in the order of these statements.
    fileprivate func change(_ row: Int, isInternal: Bool) throws(StoreError) -> Change {
        try Change(
            revision: integer(row, 0),
            position: Int(integer(row, 1)),
            kind: RecordKind(rawValue: text(row, 2)),
            id: text(row, 3),
            before: optionalBytes(row, 4),
            after: optionalBytes(row, 5),
            author: Author(
                user: text(row, 6),
                client: optionalText(row, 7),
                operation: text(row, 8),
                contextID: text(row, 9),
                address: optionalText(row, 10)
            ),
            time: Date(timeIntervalSince1970: Double(integer(row, 11)) / 1_000),
            isInternal: isInternal
        )
    }
}
