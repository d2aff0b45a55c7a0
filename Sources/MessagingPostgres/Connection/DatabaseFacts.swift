import MessagingCore

/// What a session knows about the database server that it is connected to.
struct DatabaseFacts: Sendable {
    /// The first version that has everything that the statements use, in the form of 150018 for 15.18.
    private static let oldestVersion: Int64 = 150_000

    /// The value of `synchronous_commit` for commits: the server's, but at least `on`.
    let synchronousCommit: String
    /// The identity of the primary: the database system, and the timeline, which a promotion changes.
    let primary: String

    private static let query = Statement(
        """
        SELECT current_setting('server_version_num')::bigint, current_setting('fsync'), current_setting('full_page_writes'),
            current_setting('synchronous_commit'), pg_is_in_recovery()::text, current_setting('transaction_read_only'),
            \(primaryName), current_setting('server_encoding')
        """
    )

    /// The expression for ``primary``, which is empty on a standby.
    static let primaryName = """
        CASE WHEN pg_is_in_recovery() THEN '' ELSE (SELECT system_identifier::text FROM pg_control_system())
            || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END
        """

    /// Reads the facts of a session's server. Throws a refusal of one line if the server would lose commits or cannot write.
    init(_ session: Session, within timeout: Duration) throws(SessionError) {
        guard let rows = try session.run([Query(Self.query)], within: timeout).first, rows.count == 1 else {
            throw .corrupt(cause: "the settings of the database could not be read")
        }
        let version: Int64
        let setting: String
        let settings: (fsync: String, pages: String, recovers: String, readOnly: String, encoding: String)
        do {
            version = try rows.integer(0, 0)
            setting = try rows.text(0, 3)
            synchronousCommit = setting == "remote_apply" ? setting : "on"
            primary = try rows.text(0, 6)
            settings = try (rows.text(0, 1), rows.text(0, 2), rows.text(0, 4), rows.text(0, 5), rows.text(0, 7))
        } catch {
            throw .corrupt(cause: "the settings of the database have a wrong type")
        }
        let reason: String? =
            if version < Self.oldestVersion {
                "the server is older than PostgreSQL 15"
            } else if settings.fsync != "on" {
                "fsync is off, so a crash would lose commits"
            } else if settings.pages != "on" {
                "full_page_writes is off, so a crash could destroy pages"
            } else if setting == "off" {
                "synchronous_commit is off, so a crash would lose commits"
            } else if settings.recovers != "false" {
                "the server is a standby"
            } else if settings.readOnly != "off" {
                "the database is read-only"
            } else if settings.encoding != "UTF8" {
                "the encoding of the database is not UTF8"
            } else {
                nil
            }
        if let reason { throw .unsuitable(reason: reason) }
    }
}
