import MessagingCore

/// The tables, with the rules that they enforce.
enum DatabaseSchema {
    /// The application id in the file's header, "Msgp". It distinguishes the file from other programs' databases.
    static let applicationID: Int32 = 0x4D73_6770
    /// The version of the tables, in the file's header.
    static let version = 5
    /// The kind of the records whose ids are unique across organizations, for the directory of clients.
    static let clientKind = RecordKind.oauthClient.rawValue

    /// The statements that create all tables in an empty database, inside a transaction of the caller.
    ///
    /// `organization` has the number of its rows in `history` (`changes`), and the revision of the last dropped row (`dropped`). All
    /// changes after that revision exist; some revisions have none. ``version3`` adds the other columns, so a new database and an upgraded
    /// one have the same text.
    ///
    /// `history` has rowids: its rows are large, and a WITHOUT ROWID table would give nearly each an overflow page.
    ///
    /// `history_object` has all columns for counting and ordering changes, so a query of a history reads only the rows of its page.
    static let creation = """
        CREATE TABLE organization (
            id TEXT NOT NULL PRIMARY KEY,
            revision INTEGER NOT NULL CHECK (revision > 0),
            changes INTEGER NOT NULL CHECK (changes >= 0),
            dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped BETWEEN 0 AND revision)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER organization_moves_forward BEFORE UPDATE OF id, revision ON organization
        WHEN NEW.revision <= OLD.revision OR NEW.id <> OLD.id
        BEGIN SELECT RAISE(ABORT, 'the revision of an organization only moves forward'); END;

        CREATE TRIGGER history_stays_dropped BEFORE UPDATE OF dropped ON organization
        WHEN NEW.dropped < OLD.dropped
        BEGIN SELECT RAISE(ABORT, 'what was dropped of a history does not come back'); END;

        CREATE TABLE record (
            organization TEXT NOT NULL,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (organization, kind, id)
        ) STRICT, WITHOUT ROWID;

        CREATE UNIQUE INDEX record_client ON record (id) WHERE kind = '\(clientKind)';

        \(changes("history"))

        CREATE TRIGGER history_is_final BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is only appended to'); END;

        CREATE TABLE token (
            digest BLOB NOT NULL PRIMARY KEY,
            organization TEXT NOT NULL,
            client TEXT NOT NULL,
            scopes TEXT NOT NULL,
            expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX token_expires ON token (expires);

        CREATE TABLE store (epoch TEXT NOT NULL) STRICT;
        INSERT INTO store (epoch) VALUES (lower(hex(randomblob(8))));

        \(version2)
        \(version3)
        \(version4)

        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """

    /// Returns the statement that creates a table of changes.
    static func changes(_ table: String) -> String {
        """
        CREATE TABLE \(table) (
            organization TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision > 0),
            position INTEGER NOT NULL CHECK (position >= 0),
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            user TEXT NOT NULL,
            client TEXT,
            operation TEXT NOT NULL,
            context TEXT NOT NULL,
            address TEXT,
            time_ms INTEGER NOT NULL,
            before BLOB,
            after BLOB,
            PRIMARY KEY (organization, revision, position)
        ) STRICT;
        """
    }

    /// Gives the copy of a store another epoch, since both continue from the same revisions.
    static let renewal = "UPDATE store SET epoch = lower(hex(randomblob(8)));"
}
