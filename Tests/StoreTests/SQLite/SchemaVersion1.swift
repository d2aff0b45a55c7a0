import GRDB

/// A database as version 1 of the tables had it.
enum SchemaVersion1 {
    /// Makes one with a token and these numbers of organizations and of changes of each.
    static func create(at path: String, organizations: Int, changes: Int) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: creation)
            try db.inTransaction {
                try db.execute(sql: "INSERT INTO token VALUES (x'01', 'o1', 'c', '[\"messaging\"]', 4102444800)")
                for organization in 1...organizations { try fill(db, "o\(organization)", changes) }
                return .commit
            }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try queue.close()
    }

    private static func fill(_ db: Database, _ organization: String, _ changes: Int) throws {
        try db.execute(
            sql: "INSERT INTO organization (id, revision, changes) VALUES (?, ?, ?)",
            arguments: [organization, changes, changes]
        )
        try db.execute(
            sql: "INSERT INTO record VALUES (?, 'setting', 'a', CAST(? AS BLOB))",
            arguments: [organization, "\(changes)"]
        )
        try db.execute(
            sql: """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
                INSERT INTO history SELECT ?, n, 0, 'setting', 'a', 'u', NULL, 'test', 'x', NULL, n,
                    iif(n = 1, NULL, CAST(n - 1 AS BLOB)), CAST(n AS BLOB) FROM numbers
                """,
            arguments: [changes, organization]
        )
    }

    /// What made a database of version 1, as it was released. It does not change with the tables.
    private static let creation = """
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

        CREATE UNIQUE INDEX record_client ON record (id) WHERE kind = 'oauthClient';

        CREATE TABLE history (
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
        INSERT INTO store (epoch) VALUES ('0123456789abcdef');

        PRAGMA application_id = 1299408752;
        PRAGMA user_version = 1;
        """
}
