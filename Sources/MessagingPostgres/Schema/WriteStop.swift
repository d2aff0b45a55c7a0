import MessagingCore

/// Triggers that make the database refuse commits and tokens of servers. Old data is still dropped.
enum WriteStop: String {
    /// The database becomes a copy, which is not complete. Only the copy commits. No server opens it.
    case unfinished = "unfinished_copy"
    /// Another database continues from here.
    case final = "final_copy"

    /// The setting by which the transactions of a copy are distinguished.
    static let exemption = "messaging.copies"

    private var message: String {
        switch self {
        case .unfinished: "the store is an unfinished copy"
        case .final: StoreError.causeAfterFinalCopy
        }
    }

    /// Returns the statements that begin it, in a transaction of the caller. They wait for the running commits and not for reads, so a read that
    /// begins later sees everything that was acknowledged. The triggers keep `note`, letters and digits.
    func beginning(_ note: String = "") -> String {
        let condition =
            self == .unfinished ? "WHEN (current_setting('\(Self.exemption)', true) IS DISTINCT FROM 'true')" : ""
        let triggers = [("organization", "INSERT OR UPDATE OF revision"), ("token", "INSERT")].map { table, event in
            """
            CREATE OR REPLACE TRIGGER \(rawValue) BEFORE \(event) ON \(table) FOR EACH ROW \(condition)
                EXECUTE FUNCTION refuse_write('\(message)', '\(note)');
            """
        }
        return """
            LOCK TABLE organization, token IN SHARE ROW EXCLUSIVE MODE;
            CREATE OR REPLACE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''%'', TG_ARGV[0]; END';
            \(triggers.joined(separator: "\n"))
            """
    }

    /// The statements that end it, in a transaction of the caller.
    var end: String {
        ["organization", "token"].map { "DROP TRIGGER \(rawValue) ON \($0);" }.joined(separator: "\n")
    }

    /// Returns an expression for the number of its triggers on the organizations, 0 or 1: of that with this note, or of any.
    func count(_ note: String? = nil) -> String {
        let condition = note.map { "AND position('\($0)' in encode(tgargs, 'escape')) > 0" } ?? ""
        return """
            (SELECT count(*) FROM pg_trigger
            WHERE tgrelid = to_regclass('organization') AND tgname = '\(rawValue)' \(condition))
            """
    }
}
