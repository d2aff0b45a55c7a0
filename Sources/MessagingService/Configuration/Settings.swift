import Foundation
package import Logging
import MessagingContract
import MessagingCore
package import MessagingServer

/// All settings of the server, each declared once. Flags, help, environment variables and documents come from here.
package enum Settings {
    package static let host = Setting("host", default: "127.0.0.1", "the address to listen on", "it must be an address")
    {
        $0
    }
    package static let port = Setting(
        "port",
        default: 8_080,
        in: 0...65_535,
        "the port; for 0 the server picks a free port and prints it",
        hint: serviceLink
    )
    package static let database = Setting(
        "database",
        default: "messaging.sqlite",
        "the database file, which is created if it does not exist, or the address of a PostgreSQL database like `postgresql://user@host/name`",
        "it must be a path, or an address of PostgreSQL like postgresql://user@host:5432/name",
        isSecret: true
    ) { Engine($0) }
    package static let databasePooler = Setting(
        "database-pooler",
        "whether a pooler like PgBouncer in its transaction mode is between the server and PostgreSQL; then no statements are prepared"
    )
    package static let staleReads = Setting(
        "stale-reads",
        default: 0,
        in: 0...60,
        "seconds for which a GET may return what the server knew, without asking PostgreSQL whether another server has changed it; `Age` has their number"
    )
    package static let socket = Setting(
        "socket",
        "the administration socket, on which the server takes commands; by default a file beside the database",
        "it must be a path"
    ) { $0 }
    package static let tlsCertificate = Setting(
        "tls-certificate",
        "a PEM file with the server's certificate and its chain of intermediate certificates; together with `--tls-key`, it enables HTTPS",
        "it must be a path"
    ) { $0 }
    package static let tlsKey = Setting(
        "tls-key",
        "a PEM file with the private key of the certificate; the server reads both files again on SIGHUP",
        "it must be a path"
    ) { $0 }
    package static let publicURL = Setting(
        "public-url",
        "the URL under which clients reach the server, if it differs from the address to listen on",
        "it must be a URL like https://messaging.example.com",
        read: { BaseURL($0) }
    )
    package static let trustedProxies = Setting(
        "trusted-proxies",
        "addresses or blocks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` the server trusts, separated by commas",
        "it must be a list like 10.0.0.0/8,::1",
        read: TrustedProxies.init
    )
    package static let corsOrigins = Setting(
        "cors-origins",
        "web origins whose pages may call the server, separated by commas, compared exactly",
        "it must be a list of origins like https://console.example.com",
        read: origins
    )
    package static let rateLimit = Setting(
        "rate-limit",
        default: 300,
        in: 1...RateLimits.most,
        "requests per minute and token, and tokens per minute and client; further ones get 429 with `Retry-After`"
    )
    package static let clientRateLimit = Setting(
        "client-rate-limit",
        default: 3_000,
        in: 1...RateLimits.most,
        "requests per minute and client with all its tokens, and tokens per minute and organization; if not given, at least ten times `--rate-limit`"
    )
    package static let organizationRateLimit = Setting(
        "organization-rate-limit",
        default: 30_000,
        in: 1...RateLimits.most,
        "requests per minute and organization with all its clients; if not given, at least ten times `--client-rate-limit`"
    )
    package static let tokenLifetime = Setting(
        "token-lifetime",
        default: 86_400,
        in: 300...31_536_000,
        "seconds for which a new token is valid; at least 300, since some clients refresh 60 seconds ahead"
    )
    package static let maxTokens = Setting(
        "max-tokens",
        default: 1_000,
        in: 1...1_000_000,
        "unexpired tokens that a client may have; requests for more get 429; if not given, at least `--rate-limit`"
    )
    package static let maxConnections = Setting(
        "max-connections",
        default: 10_000,
        in: 1...1_000_000,
        "connections that are served at a time; further ones get 503"
    )
    package static let maxBodyMemory = Setting(
        "max-body-memory",
        default: 256,
        in: 4...1_048_576,
        "MiB of request bodies that are received and processed at a time, in all connections; a client may use an eighth of them, and an organization half; further bodies get 503"
    )
    package static let maxResponseMemory = Setting(
        "max-response-memory",
        default: 256,
        in: 64...1_048_576,
        "MiB of responses that wait for their clients to read, in all connections; above it, the connections that have waited longest are cut"
    )
    package static let maxSimulations = Setting(
        "max-simulations",
        default: 16,
        in: 1...10_000,
        "simulations that run at a time; an organization may use a quarter of them; further ones get 503"
    )
    package static let requestTimeout = Setting(
        "request-timeout",
        default: 30,
        in: 1...3_600,
        "seconds that a request may take from its first byte to its last"
    )
    package static let idleTimeout = Setting(
        "idle-timeout",
        default: 60,
        in: 1...3_600,
        "seconds that a connection may stay open between requests"
    )
    package static let maxObjects = Setting(
        "max-objects",
        default: 100_000,
        in: 1...10_000_000,
        "objects that an organization may have"
    )
    package static let maxOrganizationBytes = Setting(
        "max-organization-bytes",
        default: 67_108_864,
        in: 1_048_576...1_099_511_627_776,
        "bytes that the objects and the history of an organization may take"
    )
    package static let snapshotMemory = Setting(
        "snapshot-memory",
        default: 256,
        in: 4...1_048_576,
        "MiB that organizations may take in memory; above it, the least recently used ones are dropped and read from the database when they are used again; at least twice the maximum of one organization, which is `--max-organization-bytes` and 640 bytes for each of `--max-objects`"
    )
    package static let historyDays = Setting(
        "history-days",
        default: 400,
        in: 1...36_500,
        "days for which changes are kept in the history"
    )
    package static let historyChanges = Setting(
        "history-changes",
        default: 100_000,
        in: 1...1_000_000_000,
        "changes of an organization that are kept in the history"
    )
    package static let historyMinDays = Setting(
        "history-min-days",
        default: 7,
        in: 0...36_500,
        "days for which changes are kept regardless of their number and their bytes"
    )
    package static let sweepInterval = Setting(
        "sweep-interval",
        default: 60,
        in: 1...86_400,
        "seconds between two sweeps of expired tokens and of the history"
    )
    package static let integrationDelay = Setting(
        "integration-delay",
        default: 0,
        in: 0...3_600,
        "seconds until the creation of an integration is complete, for tests of clients that wait for it"
    )
    package static let logLevel = Setting<Logger.Level>(
        "log-level",
        default: .info,
        "the least severe level that is logged"
    )
    package static let logFormat = Setting<LogFormat>(
        "log-format",
        default: .auto,
        "how the log is written; `auto` is text on a terminal and JSON elsewhere"
    )
    package static let emulator = Setting<Bool>(
        "emulator",
        "whether the server is an emulator for tests: it creates, resets and deletes organizations on request, so it must never serve production; without `--database` it keeps everything in memory"
    )
    package static let emulatorAnyway = Setting<Bool>(
        "emulator-anyway",
        "whether an emulator may open a database that a server without `--emulator` has used"
    )
    static let emulatorToken = Setting(
        "emulator-token",
        "the bearer token with which other machines create and delete organizations of an emulator; if not given, only this machine can",
        "it must have at least 32 visible ASCII characters",
        hasFlag: false,
        isSecret: true
    ) { token in token.utf8.count >= 32 && token.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? token : nil }
    static let encryptionKey = Setting(
        "encryption-key",
        "the key that encrypts the secrets of integrations, 32 bytes in base64; several keys are separated by commas: the first one encrypts, and all decrypt; if not given, the server keeps a key in a file beside the database",
        "it must be 32 bytes in base64, or several of them separated by commas",
        hasFlag: false,
        isSecret: true,
        read: { SealingKeys($0) }
    )
    package static let acceptLostSecrets = Setting<Bool>(
        "accept-lost-secrets",
        "whether to start although no encryption key decrypts some secrets of integrations; such a secret is lost unless its key is added again"
    )
    static let bootstrapClientID = Setting(
        "bootstrap-client-id",
        "the id of the first client; generated if not given; read only while the database is empty",
        "it must have 1 to 128 letters, digits and -._~, and must not be \"\(OAuthClient.unknownID)\"",
        hasFlag: false
    ) { id in OAuthClient.isID(id) && id != OAuthClient.unknownID ? id : nil }
    static let bootstrapClientSecret = Setting(
        "bootstrap-client-secret",
        "the secret of the first client, at least 32 characters; generated and printed once if not given; read only while the database is empty",
        "it must have at least 32 characters, which must be visible ASCII or spaces, without a line feed at the end (RFC 6749, A.2)",
        hasFlag: false,
        isSecret: true
    ) { secret in
        secret.utf8.count >= 32 && secret.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? secret : nil
    }

    /// All settings, in the order in which documents list them.
    package static let all = [
        host.description, port.description, database.description, databasePooler.description, staleReads.description,
        socket.description, tlsCertificate.description,
        tlsKey.description,
        publicURL.description, trustedProxies.description, corsOrigins.description, rateLimit.description,
        clientRateLimit.description, organizationRateLimit.description,
        tokenLifetime.description, maxTokens.description, maxConnections.description, maxBodyMemory.description,
        maxResponseMemory.description, maxSimulations.description, requestTimeout.description, idleTimeout.description,
        maxObjects.description, maxOrganizationBytes.description, snapshotMemory.description, historyDays.description,
        historyChanges.description,
        historyMinDays.description, sweepInterval.description,
        integrationDelay.description, logLevel.description, logFormat.description, acceptLostSecrets.description,
        emulator.description, emulatorAnyway.description, emulatorToken.description,
        encryptionKey.description, bootstrapClientID.description, bootstrapClientSecret.description,
    ]

    /// Returns a hint if the variable of the port has the address of a service.
    private static func serviceLink(_ text: String) -> String? {
        guard ["tcp://", "udp://", "sctp://"].contains(where: text.hasPrefix) else { return nil }
        return
            "Kubernetes sets it to the address of a service that is called messaging: set enableServiceLinks: false in the pod's "
            + "spec, or give the service another name"
    }

    private static func origins(_ text: String) -> Set<String>? {
        let origins = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let areOrigins = origins.allSatisfy { origin in
            let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count == 3 && ["http:", "https:"].contains(parts[0]) && parts[1].isEmpty && !parts[2].isEmpty
        }
        return areOrigins ? Set(origins) : nil
    }
}
