import MessagingCore

/// The upgrades from each version of the tables to the next.
extension DatabaseSchema {
    /// The statements that upgrade the tables from each version to the next. The first element is the step from version 1 to 2.
    static let upgrades = [
        version2, version3 + moveInternalRecords + countBytes, version4 + moveInitiatedIntegrations, version5,
    ]

    /// The index for counting and ordering changes.
    static let version2 =
        "CREATE INDEX history_object ON history (organization, kind, id, revision, position);"

    /// The additions of version 3.
    ///
    /// - `organization` counts the bytes of its records and of its history (``MessagingCore/OrganizationSize``), and its rows in
    ///   `idempotency` (`keys`).
    /// - `internal_change` has all changes of internal records after the revision `internal_dropped`. It is a log and not a history: a
    ///   commit drops its old end.
    static let version3 = """
        ALTER TABLE organization ADD COLUMN record_bytes INTEGER NOT NULL DEFAULT 0 CHECK (record_bytes >= 0);
        ALTER TABLE organization ADD COLUMN history_bytes INTEGER NOT NULL DEFAULT 0 CHECK (history_bytes >= 0);
        ALTER TABLE organization ADD COLUMN keys INTEGER NOT NULL DEFAULT 0 CHECK (keys >= 0);
        ALTER TABLE organization ADD COLUMN internal_dropped INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE idempotency (
            organization TEXT NOT NULL,
            id TEXT NOT NULL,
            request TEXT NOT NULL,
            kind TEXT NOT NULL,
            object TEXT NOT NULL,
            version INTEGER NOT NULL,
            expires_ms INTEGER NOT NULL,
            PRIMARY KEY (organization, id)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX idempotency_expires ON idempotency (organization, expires_ms);

        \(changes("internal_change"))

        CREATE INDEX token_client ON token (organization, client, expires);
        """

    /// The addition of version 4: the effects of commits, each leased to the process of an open database.
    static let version4 = """
        CREATE TABLE effect (
            organization TEXT NOT NULL,
            kind TEXT NOT NULL,
            object TEXT NOT NULL,
            due_ms INTEGER NOT NULL,
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            leased_by TEXT NOT NULL,
            leased_until_ms INTEGER NOT NULL,
            PRIMARY KEY (organization, kind, object)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX effect_due ON effect (due_ms, leased_by, leased_until_ms);
        """

    /// Version 5 adds nothing. Its records of integrations have no paths (``MessagingCore/OpenIntegrationRecord``), which programs of
    /// version 4 need.
    static let version5 = ""

    /// Makes an effect from each record that version 3 had for an integration whose creation was not complete.
    private static let moveInitiatedIntegrations = """
        INSERT INTO effect (organization, kind, object, due_ms, attempts, leased_by, leased_until_ms)
        SELECT organization, 'completeIntegration', id, 0, 0, '', 0 FROM record
        WHERE organization IN (SELECT id FROM organization) AND kind = 'initiatedIntegration';

        UPDATE organization SET record_bytes = record_bytes - (
            SELECT ifnull(sum(length(bytes) + \(Record.overhead)), 0) FROM record
            WHERE record.organization = organization.id AND kind = 'initiatedIntegration'
        );

        DELETE FROM record WHERE organization IN (SELECT id FROM organization) AND kind = 'initiatedIntegration';

        UPDATE organization SET internal_dropped = max(internal_dropped, (
            SELECT ifnull(max(internal_change.revision), 0) FROM internal_change
            WHERE internal_change.organization = organization.id AND kind = 'initiatedIntegration'
        ));

        DELETE FROM internal_change WHERE organization IN (SELECT id FROM organization) AND kind = 'initiatedIntegration';
        """

    /// Moves data that version 2 had in records and in the history.
    ///
    /// - An idempotency key becomes a row of its own, which names the version of the object in its response.
    /// - A revoked token loses its row.
    /// - The changes of internal records leave the history, so a server with an older snapshot loads the whole organization.
    private static let moveInternalRecords = """
        INSERT OR IGNORE INTO idempotency (organization, id, request, kind, object, version, expires_ms)
        SELECT
            organization, id, CAST(json_extract(document, '$.request') AS TEXT),
            CASE
                WHEN json_extract(document, '$.answer.selfUri') LIKE '%/supportedcontent/%' THEN 'supportedContent'
                WHEN json_extract(document, '$.answer.selfUri') LIKE '%/integrations/open/%' THEN 'openIntegration'
                ELSE 'messagingSetting'
            END,
            CAST(json_extract(document, '$.answer.id') AS TEXT),
            CAST(json_extract(document, '$.answer.version') AS INTEGER),
            CAST(unixepoch(json_extract(document, '$.name')) AS INTEGER) * 1000
                + CAST(substr(json_extract(document, '$.name'), 21, 3) AS INTEGER)
        FROM (
            SELECT organization, id, CAST(bytes AS TEXT) AS document FROM record
            WHERE organization IN (SELECT id FROM organization) AND kind = 'idempotencyKey'
        ) WHERE json_valid(document);

        DELETE FROM token WHERE lower(hex(digest)) IN (
            SELECT id FROM record
            WHERE organization IN (SELECT id FROM organization) AND kind = 'tokenRevocation'
        );

        DELETE FROM record WHERE organization IN (SELECT id FROM organization)
            AND kind IN ('idempotencyKey', 'tokenRevocation');

        UPDATE organization SET (changes, internal_dropped) = (
            SELECT organization.changes - count(*), ifnull(max(history.revision), 0) FROM history
            WHERE history.organization = organization.id AND history.kind IN \(internalKinds)
        );

        DELETE FROM history WHERE organization IN (SELECT id FROM organization) AND kind IN \(internalKinds);
        """

    private static let internalKinds = "('idempotencyKey', 'tokenRevocation', 'initiatedIntegration')"

    /// Counts the bytes and keys of each organization.
    private static let countBytes = """
        UPDATE organization SET
            keys = (SELECT count(*) FROM idempotency WHERE idempotency.organization = organization.id),
            record_bytes = (
                SELECT ifnull(sum(length(bytes) + \(Record.overhead)), 0) FROM record
                WHERE record.organization = organization.id
            ),
            history_bytes = (
                SELECT ifnull(sum(\(DatabaseSchema.historyBytes)), 0) FROM history
                WHERE history.organization = organization.id
            );
        """

    /// The bytes that a row of `history` counts; see ``MessagingCore/Change/historyBytes``.
    static let historyBytes =
        "iif(after IS NULL, 0, length(after) + ifnull(length(before), 0)) + \(Change.overhead)"
}
