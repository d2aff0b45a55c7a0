import MessagingCore

/// The tables, with the rules that they enforce.
///
/// Every key begins with the organization, except those of the small directories, which are tables of their own: `client_directory`,
/// `token_directory`, `lease` and `store`. So the large tables can be partitioned by organization. Texts have the collation "C", so their order
/// is that of their bytes, as in the embedded engine.
enum PostgresSchema {
    /// The version of the tables, in `store`.
    static let version: Int64 = 1

    /// Returns the statements that create all tables in an empty schema, inside a transaction of the caller. With `partitions`, the large tables
    /// have so many partitions by the hash of the organization's id.
    ///
    /// - `organization` has the number of its rows in `history` (`changes`), the revision of the last dropped row (`dropped`), the bytes of its
    ///   records and of its history (``MessagingCore/OrganizationSize``), its rows in `idempotency` (`keys`), and the revision up to which
    ///   `internal_change` was dropped.
    /// - `commit_log` has the ids of the last commits, so that the outcome of a commit can be looked up. A void row is that of a commit which
    ///   was not made when it was looked up.
    /// - `record_integration` has the integrations, which each start reads.
    /// - `lease` has the work that one server at a time does, see ``PostgresStore/takeLease(_:for:)``.
    /// - `store` has one row; `origin` is the database in which the epoch began, and `sweep_ms` the time by which old data may be dropped.
    /// - `history_object` has all columns for counting and ordering changes.
    static func creation(partitions: Int? = nil) -> String {
        let parts = Parts(count: partitions)
        return """
            CREATE TABLE organization (
                id text COLLATE "C" PRIMARY KEY,
                revision bigint NOT NULL CHECK (revision > 0),
                changes bigint NOT NULL CHECK (changes >= 0),
                dropped bigint NOT NULL DEFAULT 0 CHECK (dropped BETWEEN 0 AND revision),
                record_bytes bigint NOT NULL CHECK (record_bytes >= 0),
                history_bytes bigint NOT NULL CHECK (history_bytes >= 0),
                keys bigint NOT NULL DEFAULT 0 CHECK (keys >= 0),
                internal_dropped bigint NOT NULL DEFAULT 0
            )\(parts.of("organization", by: "id", with: "fillfactor = 50"))

            CREATE TABLE commit_log (
                organization text COLLATE "C" NOT NULL,
                revision bigint NOT NULL,
                id text COLLATE "C" NOT NULL,
                is_void boolean NOT NULL DEFAULT false,
                PRIMARY KEY (organization, id)
            )\(parts.of("commit_log"))
            CREATE INDEX commit_log_revision ON commit_log (organization, revision);

            CREATE TABLE record (
                organization text COLLATE "C" NOT NULL,
                kind text COLLATE "C" NOT NULL,
                id text COLLATE "C" NOT NULL,
                bytes bytea NOT NULL,
                PRIMARY KEY (organization, kind, id)
            )\(parts.of("record"))
            CREATE INDEX record_integration ON record (organization, id)
                WHERE kind = '\(RecordKind.openIntegration.rawValue)';

            CREATE TABLE client_directory (
                id text COLLATE "C" PRIMARY KEY,
                organization text COLLATE "C" NOT NULL
            );

            \(changes("history", parts))
            CREATE INDEX history_object ON history (organization, kind, id, revision, position);
            \(changes("internal_change", parts))

            CREATE TABLE token (
                organization text COLLATE "C" NOT NULL,
                digest bytea NOT NULL,
                client text COLLATE "C" NOT NULL,
                scopes text[] NOT NULL,
                expires bigint NOT NULL,
                PRIMARY KEY (organization, digest)
            )\(parts.of("token"))
            CREATE INDEX token_client ON token (organization, client, expires);
            CREATE INDEX token_expires ON token (expires);

            CREATE TABLE token_directory (
                digest bytea PRIMARY KEY,
                organization text COLLATE "C" NOT NULL
            );

            CREATE TABLE idempotency (
                organization text COLLATE "C" NOT NULL,
                id text COLLATE "C" NOT NULL,
                request text NOT NULL,
                kind text NOT NULL,
                object text NOT NULL,
                version bigint NOT NULL,
                expires_ms bigint NOT NULL,
                PRIMARY KEY (organization, id)
            )\(parts.of("idempotency"))
            CREATE INDEX idempotency_expires ON idempotency (organization, expires_ms);

            CREATE TABLE effect (
                organization text COLLATE "C" NOT NULL,
                kind text COLLATE "C" NOT NULL,
                object text COLLATE "C" NOT NULL,
                due_ms bigint NOT NULL,
                attempts bigint NOT NULL CHECK (attempts >= 0),
                leased_by text NOT NULL,
                leased_until_ms bigint NOT NULL,
                PRIMARY KEY (organization, kind, object)
            )\(parts.of("effect"))
            CREATE INDEX effect_due ON effect (due_ms);

            CREATE TABLE lease (name text COLLATE "C" PRIMARY KEY, holder text NOT NULL, ends timestamptz NOT NULL);

            CREATE TABLE store (version bigint NOT NULL, epoch text NOT NULL, origin text NOT NULL, sweep_ms bigint);
            INSERT INTO store (version, epoch, origin) VALUES (\(version), \(newEpoch), \(origin));
            """
    }

    /// The statement that begins a new epoch in a store that was copied from another database.
    static let adoption = "UPDATE store SET epoch = \(newEpoch), origin = \(origin) WHERE origin <> \(origin)"

    /// The statement that begins a new epoch.
    static let renewal = "UPDATE store SET epoch = \(newEpoch);"

    /// The identity of the database. A standby has that of its primary. A dump that is restored in another database has another one.
    static let origin = """
        (SELECT system_identifier || '/' || pg_database.oid FROM pg_control_system(), pg_database WHERE datname = current_database())
        """
    private static let newEpoch = "left(replace(gen_random_uuid()::text, '-', ''), 16)"

    /// Returns the statement that creates a table of changes.
    private static func changes(_ table: String, _ parts: Parts) -> String {
        """
        CREATE TABLE \(table) (
            organization text COLLATE "C" NOT NULL,
            revision bigint NOT NULL CHECK (revision > 0),
            position bigint NOT NULL CHECK (position >= 0),
            kind text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            "user" text NOT NULL,
            client text,
            operation text NOT NULL,
            context text NOT NULL,
            address text,
            time_ms bigint NOT NULL,
            before bytea,
            after bytea,
            PRIMARY KEY (organization, revision, position)
        )\(parts.of(table))
        """
    }

    /// The partitions of the large tables.
    private struct Parts {
        /// The number of partitions; nil for tables without.
        let count: Int?

        /// Returns the end of a statement that creates a table, and the statements that create its partitions by the hash of a column.
        func of(_ table: String, by column: String = "organization", with options: String? = nil) -> String {
            let options = options.map { " WITH (\($0))" } ?? ""
            guard let count else { return "\(options);" }
            let partitions = (0..<count).map { number in
                """
                CREATE TABLE \(table)_\(number) PARTITION OF \(table) FOR VALUES WITH (MODULUS \(count), REMAINDER \(number))\(options);
                """
            }
            return " PARTITION BY HASH (\(column));\n\(partitions.joined(separator: "\n"))"
        }
    }
}
