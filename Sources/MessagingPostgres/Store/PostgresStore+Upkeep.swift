public import Foundation
import Logging
public import MessagingCore

/// What a server that serves this store asks of it besides its data.
extension PostgresStore {
    private static let readSweepTime = Statement("SELECT sweep_ms FROM store")
    private static let writeSweepTime = Statement("UPDATE store SET sweep_ms = $1")

    /// Returns the last stored time that decides which old data may be dropped; nil if none was stored or the database is away.
    public func rememberedSweepTime() async -> Date? {
        try? await read {
            [Query(Self.readSweepTime)]
        } _: { (results) throws(StoreError) -> Date? in
            guard results[0].count == 1, !results[0].isNull(0, 0) else { return nil }
            return Date(timeIntervalSince1970: Double(try results[0].integer(0, 0)) / 1_000)
        }
    }

    /// Stores the time that decides which old data may be dropped. The next start of a server begins with it.
    public func remember(sweepTime: Date) async {
        do throws(StoreError) {
            try await write {
                [Query(Self.writeSweepTime, [.integer(sweepTime.milliseconds)])]
            } _: { _ in
            }
        } catch {
            logger.warning("Could not store the sweep time", metadata: ["cause": "\(error)"])
        }
    }

    private static let renewal = Statement(PostgresSchema.renewal)

    /// Gives the store another epoch. Servers that have it open refuse it when they connect again.
    public func beginEpoch() async throws(StoreError) {
        try await write {
            [Query(Self.renewal)]
        } _: { _ in
        }
    }

    private static let integrations = Statement(
        """
        SELECT organization, id, bytes FROM record
        WHERE kind = '\(RecordKind.openIntegration.rawValue)' AND ($1::text IS NULL OR (organization, id) > ($1, $2))
        ORDER BY organization, id LIMIT 500
        """
    )

    /// Returns a value folded from the bytes of the integrations of all organizations, which are read in slices.
    public func reduceIntegrations<Result: Sendable>(
        into initial: Result,
        _ body: @escaping @Sendable (inout Result, [UInt8]) -> Void
    ) async throws(StoreError) -> Result {
        var (result, last) = (initial, (organization: String?.none, id: String?.none))
        while true {
            let slice = try await read { [last] in
                [Query(Self.integrations, [.text(last.organization), .text(last.id)])]
            } _: { [result] (results) throws(StoreError) in
                let rows = results[0]
                var result = result
                for row in 0..<rows.count { body(&result, try rows.bytes(row, 2)) }
                guard rows.count > 0 else { return (result, nil as (String, String)?) }
                return (result, (try rows.text(rows.count - 1, 0), try rows.text(rows.count - 1, 1)))
            }
            result = slice.0
            guard let end = slice.1 else { return result }
            last = (end.0, end.1)
        }
    }

    private static let settings = Statement(
        "SELECT current_setting('server_version'), current_setting('synchronous_commit'), current_setting('synchronous_standby_names')"
    )

    /// Returns the version of the server and the settings on which durability depends, for the log.
    public func facts() async throws(StoreError) -> (version: String, synchronousCommit: String, standbys: String) {
        try await read {
            [Query(Self.settings)]
        } _: { (results) throws(StoreError) in
            (try results[0].text(0, 0), try results[0].text(0, 1), try results[0].text(0, 2))
        }
    }
}
