public import MessagingCore
import StrictJSON

extension PostgresStore {
    /// The number of records that one statement reads.
    private static let recordsOfSlice: Int64 = 1_000

    private static let slice = Statement(
        """
        SELECT kind, id, bytes FROM record WHERE organization = $1 AND ($2::text IS NULL OR (kind, id) > ($2, $3))
        ORDER BY kind, id LIMIT $4
        """
    )

    /// Reads the records in slices, all at one moment of the database.
    public func load(_ organization: String) async throws(StoreError) -> StoredOrganization? {
        guard Text.isStorable(organization) else { return nil }
        return try await reading { (session) throws(SessionError) in
            try session.reading { (session) throws(SessionError) in
                let header = try session.run(
                    [Query(CommitStatements.readRevision, [.text(organization)])],
                    within: ConnectionPool.timeout
                )[0]
                guard header.count > 0 else { return nil }
                let revision = try SessionError.fromStore { () throws(StoreError) in try header.integer(0, 0) }
                let records = try Self.records(of: organization, in: session)
                return StoredOrganization(id: organization, revision: revision, records: records)
            }
        }
    }

    private static func records(of organization: String, in session: Session) throws(SessionError) -> [Record] {
        var records: [Record] = []
        var isWhole = false
        while !isWhole {
            let last = records.last
            let rows = try session.run(
                [
                    Query(
                        slice,
                        [
                            .text(organization), .text(last?.kind.rawValue), .text(last?.id), .integer(recordsOfSlice),
                        ]
                    )
                ],
                within: ConnectionPool.timeout
            )[0]
            try SessionError.fromStore { () throws(StoreError) in
                var kind = last?.kind ?? RecordKind(rawValue: "")
                for row in 0..<rows.count {
                    let name = try rows.text(row, 0)
                    if !name.hasSameScalars(as: kind.rawValue) { kind = RecordKind(rawValue: name) }
                    records.append(Record(kind: kind, id: try rows.text(row, 1), bytes: try rows.bytes(row, 2)))
                }
            }
            isWhole = rows.count < recordsOfSlice
        }
        return records
    }

    private static let organizationsAfter = Statement(
        "SELECT id FROM organization WHERE id > $1 ORDER BY id LIMIT $2"
    )

    public func organizations(after id: String?, limit: Int) async throws(StoreError) -> [String] {
        try await read {
            // Every id follows the empty text.
            [Query(Self.organizationsAfter, [.text(id ?? ""), .integer(Int64(max(0, limit)))])]
        } _: { (results) throws(StoreError) in
            var ids: [String] = []
            for row in 0..<results[0].count { ids.append(try results[0].text(row, 0)) }
            return ids
        }
    }

    private static let clientRecord = Statement(
        """
        SELECT record.organization, record.bytes FROM client_directory JOIN record
        ON record.organization = client_directory.organization AND record.kind = '\(RecordKind.oauthClient.rawValue)'
            AND record.id = client_directory.id
        WHERE client_directory.id = $1
        """
    )

    public func client(_ id: String) async throws(StoreError) -> StoredClient? {
        guard Text.isStorable(id) else { return nil }
        return try await read {
            [Query(Self.clientRecord, [.text(id)])]
        } _: { (results) throws(StoreError) in
            guard results[0].count > 0 else { return nil }
            return StoredClient(organization: try results[0].text(0, 0), bytes: try results[0].bytes(0, 1))
        }
    }

    private static let sizeOfOrganization = Statement(
        "SELECT record_bytes, history_bytes FROM organization WHERE id = $1"
    )

    public func size(of organization: String) async throws(StoreError) -> OrganizationSize? {
        guard Text.isStorable(organization) else { return nil }
        return try await read {
            [Query(Self.sizeOfOrganization, [.text(organization)])]
        } _: { (results) throws(StoreError) in
            guard results[0].count > 0 else { return nil }
            return OrganizationSize(
                records: Int(try results[0].integer(0, 0)),
                history: Int(try results[0].integer(0, 1))
            )
        }
    }
}
