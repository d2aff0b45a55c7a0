import MessagingCore

/// Triggers that make the database refuse commits and tokens, since another store continues from here. Old data is still dropped, and every
/// version of the program obeys.
enum WriteStop {
    private static let triggers = [
        (name: "final_commit", event: "UPDATE OF revision ON organization"),
        (name: "final_organization", event: "INSERT ON organization"), (name: "final_token", event: "INSERT ON token"),
    ]

    /// The statements that begin it.
    static let beginning = triggers.map { trigger in
        """
        CREATE TRIGGER IF NOT EXISTS \(trigger.name) BEFORE \(trigger.event)
        BEGIN SELECT RAISE(ABORT, '\(StoreError.causeAfterFinalCopy)'); END;
        """
    }.joined(separator: "\n")

    /// The statements that end it.
    static let end = triggers.map { "DROP TRIGGER IF EXISTS \($0.name);" }.joined(separator: "\n")

    /// A query for the number of its triggers that are missing.
    static let missing = """
        SELECT \(triggers.count) - count(*) FROM sqlite_master
        WHERE type = 'trigger' AND name IN (\(triggers.map { "'\($0.name)'" }.joined(separator: ", ")))
        """
}
