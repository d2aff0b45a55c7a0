import MessagingCore

/// Triggers that make the database refuse commits and tokens of servers. Nothing else is refused: old data is still dropped.
enum WriteStop: String {
    /// The database becomes a copy, which is not complete. Only the copy itself writes. No server opens it.
    case unfinished = "unfinished_copy"
    /// Another database continues from here.
    case final = "final_copy"

    /// The setting by which a transaction of a copy is distinguished.
    static let exemption = "messaging.copies"

    private var message: String {
        switch self {
        case .unfinished: "the store is an unfinished copy"
        case .final: StoreError.isFinal
        }
    }

    /// The statements that begin it. They wait for the running commits, so a read that begins later sees everything that was acknowledged.
    var beginning: String {
        let condition =
            self == .unfinished ? "WHEN (current_setting('\(Self.exemption)', true) IS DISTINCT FROM 'true')" : ""
        let triggers = [("organization", "INSERT OR UPDATE OF revision"), ("token", "INSERT")].map { table, event in
            """
            DROP TRIGGER IF EXISTS \(rawValue) ON \(table);
            CREATE TRIGGER \(rawValue) BEFORE \(event) ON \(table) FOR EACH ROW \(condition)
                EXECUTE FUNCTION refuse_write('\(message)');
            """
        }
        return """
            LOCK TABLE organization, token IN ACCESS EXCLUSIVE MODE;
            CREATE OR REPLACE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''%'', TG_ARGV[0]; END';
            \(triggers.joined(separator: "\n"))
            """
    }

    /// The statements that end it.
    var end: String {
        ["organization", "token"].map { "DROP TRIGGER \(rawValue) ON \($0);" }.joined(separator: "\n")
    }

    /// An expression for the number of its triggers on the organizations: 0 or 1.
    var count: String {
        """
        (SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('organization') AND tgname = '\(rawValue)')
        """
    }
}
