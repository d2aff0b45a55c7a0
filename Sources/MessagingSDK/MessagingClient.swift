public import Foundation
public import MessagingContract

/// A client of the Messaging API: of a server of this project, or of Genesys Cloud.
///
/// It is a value and cheap to copy; all copies share their token and their retry budget. Every method may be called from any
/// number of tasks, throws ``MessagingError`` and ends when its task is cancelled.
public struct MessagingClient: Sendable {
    private let connection: Connection

    /// A client of the server of this project at this address. A POST with an idempotency key is repeated there, so Genesys Cloud
    /// behind a gateway or a name of your own is not for this: take ``init(host:credentials:options:transport:)`` with
    /// ``MessagingHost/init(api:login:honoursIdempotencyKeys:)``.
    public init(
        baseURL: URL,
        credentials: Credentials,
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        self.init(host: .server(baseURL), credentials: credentials, options: options, transport: transport)
    }

    /// A client of a region of Genesys Cloud.
    public init(
        region: GenesysRegion,
        credentials: Credentials,
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        self.init(host: .genesysCloud(region), credentials: credentials, options: options, transport: transport)
    }

    /// A client of this host. Without a transport it has a ``PlatformTransport``.
    public init(
        host: MessagingHost,
        credentials: Credentials,
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        connection = Connection(
            host: host,
            credentials: credentials,
            transport: transport ?? PlatformTransport(),
            options: options
        )
    }

    private init(_ connection: Connection) { self.connection = connection }

    /// The 13 operations of the vendor's `MessagingApi`, by their own names.
    public var messagingAPI: MessagingAPI { MessagingAPI(connection) }

    /// The messaging settings of the organization.
    public var settings: ResourceClient<MessagingSetting, MessagingSettingRequest, MessagingSettingDefaultRequest> {
        ResourceClient(connection, Self.settingEndpoints)
    }

    /// The supported content profiles of the organization.
    public var supportedContent: ResourceClient<SupportedContent, SupportedContentRequest, SupportedContentReference> {
        ResourceClient(connection, Self.supportedContentEndpoints)
    }

    /// The integrations of the organization.
    public var integrations: IntegrationsClient { IntegrationsClient(connection) }

    /// What profiles would do to messages, without sending any.
    public var decisions: DecisionsClient { DecisionsClient(connection) }

    /// The changes in the organization: who made each of them, when and from where, and the values before and after. Only servers of this
    /// project have this history.
    public var changes: ChangesClient { ChangesClient(connection) }

    /// What profiles make of logs of attachments.
    public var simulations: SimulationsClient { SimulationsClient(connection) }

    /// Makes one call and returns its value together with what came with the answer: fields, rate limit, correlation id, entity
    /// tag.
    ///
    /// ```swift
    /// let setting = try await client.response { try await $0.settings.get(id) }
    /// try await client.settings.update(id, patch, options: CallOptions(ifMatch: setting.metadata.entityTag))
    /// ```
    ///
    /// Of several calls in `body`, such as those of ``ResourceClient/all(pageSize:options:)``, the last one's is returned. Throws
    /// what `body` throws, and ``MessagingError/Reason/invalidRequest`` when it called nothing of the client that it is given; what
    /// it did with another one is done then.
    public nonisolated(nonsending) func response<Value: Sendable>(
        _ body: nonisolated(nonsending) (MessagingClient) async throws -> Value
    ) async throws -> Response<Value> {
        try await connection.response { try await body(MessagingClient($0)) }
    }
}

extension MessagingClient {
    private static let settingEndpoints = ResourceClient.Endpoints(
        MessagingSettingEndpoints.current.resource,
        MessagingSettingEndpoints.current.default,
        HistoryEndpoints.restoreSetting,
        UsageEndpoints.setting
    )

    private static let supportedContentEndpoints = ResourceClient.Endpoints(
        SupportedContentEndpoints.current.resource,
        SupportedContentEndpoints.default,
        HistoryEndpoints.restoreSupportedContent,
        UsageEndpoints.supportedContent
    )
}
