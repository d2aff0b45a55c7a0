import Foundation
import Logging
import MessagingCore
public import MessagingSDK
import MessagingSQLite
import MessagingServer

/// The real server in this process, over SQLite in memory, for tests. It has no port and no file, and shares nothing with other servers. It
/// ends when its last copy is released.
public struct MessagingTestServer: Sendable {
    /// The host for its clients. No network is used.
    public let host: MessagingHost
    /// The transport of requests to the server.
    public let transport: any Transport

    private let organizations: Organizations
    private let organization: String

    /// Creates a server with one empty organization. A token may send `requestsPerMinute` requests a minute, and is valid for
    /// `tokenLifetime` seconds. A client may have `requestsPerMinute` tokens.
    public init(requestsPerMinute: Int = 1_000_000, tokenLifetime: Int = 86_400) async throws {
        try await self.init(requestsPerMinute: requestsPerMinute, tokenLifetime: tokenLifetime) { .now }
    }

    /// Creates such a server with a clock for the minutes of the request limit.
    package init(
        requestsPerMinute: Int,
        tokenLifetime: Int = 86_400,
        clock: @escaping @Sendable () -> ContinuousClock.Instant
    ) async throws {
        var options = ServerOptions()
        options.sweepTime = .distantFuture
        options.tokenLifetime = tokenLifetime
        options.tokensPerClient = requestsPerMinute
        options.responder.rateLimits = RateLimits(token: requestsPerMinute)
        let parts = ServerParts(
            store: try SQLiteStore.inMemory(),
            keys: SealingKeys(),
            options: options,
            surroundings: Surroundings(instant: clock),
            logger: Logger(label: "MessagingTesting") { _ in SwiftLogNoOpLogHandler() }
        )
        organizations = parts.organizations
        organization = try await organizations.create(name: "Test", by: Self.author).id
        transport = InProcessTransport(responder: parts.responder, effects: RunningEffects(parts.effectRunner()))
        host = Self.host
    }

    /// Creates an OAuth client and returns its credentials. By default it has all permissions and the scope `messaging`.
    ///
    /// Throws if a permission or a scope does not exist.
    public func credentials(permissions: [String]? = nil, scopes: [String] = ["messaging"]) async throws -> Credentials
    {
        let registration = ClientRegistration(
            name: "Test",
            permissions: permissions ?? Permission.all.map(\.rawValue),
            scopes: scopes,
            in: organizations.surroundings
        )
        try await organizations.register(registration, in: organization, by: Self.author)
        return .clientCredentials(id: registration.client.id, secret: registration.secret)
    }

    /// Returns a client with credentials of its own; see ``credentials(permissions:scopes:)``.
    public func client(
        permissions: [String]? = nil,
        scopes: [String] = ["messaging"],
        options: ClientOptions = ClientOptions()
    ) async throws -> MessagingClient {
        MessagingClient(
            host: host,
            credentials: try await credentials(permissions: permissions, scopes: scopes),
            options: options,
            transport: transport
        )
    }

    private static let host: MessagingHost = {
        var components = URLComponents()
        components.scheme = "http"
        components.host = "messaging.test"
        return .server(components.url ?? URL(filePath: "/"))
    }()

    private static let author = Author(
        user: "test",
        client: nil,
        operation: "MessagingTesting",
        contextID: "test",
        address: nil
    )
}

/// Runs `body` with a client of a new server. The client has all permissions.
///
/// ```swift
/// @Test func aSettingIsCreated() async throws {
///     try await withMessagingServer { client in
///         let setting = try await client.settings.create(MessagingSettingRequest(name: "Support"))
///         #expect(setting.version == "1")
///     }
/// }
/// ```
///
/// Throws the errors of `body`.
public nonisolated(nonsending) func withMessagingServer<Result>(
    _ body: nonisolated(nonsending) (MessagingClient) async throws -> Result
) async throws -> Result {
    try await body(MessagingTestServer().client())
}
