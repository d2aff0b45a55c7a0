public import Foundation
public import MessagingContract

/// A client of the Messaging API, of a server of this project or of Genesys Cloud.
///
/// It is a value and cheap to copy. All copies share their token and their retry budget. Every method may be called from any number of
/// tasks, throws ``MessagingError``, and ends when its task is cancelled.
public struct MessagingClient: Sendable {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The host that the client calls.
    package var host: MessagingHost { connection.host }

    /// Creates a client of the server of this project at an address. Without a transport it has a ``PlatformTransport``.
    ///
    /// The client repeats a POST with an idempotency key. So do not use this initializer for Genesys Cloud behind a gateway or a name of your
    /// own, but ``init(host:credentials:options:transport:)`` with ``MessagingHost/init(api:login:honorsIdempotencyKeys:)``.
    public init(
        baseURL: URL,
        credentials: Credentials,
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        self.init(host: .server(baseURL), credentials: credentials, options: options, transport: transport)
    }

    /// Creates a client of a region of Genesys Cloud. Without a transport it has a ``PlatformTransport``.
    public init(
        region: GenesysRegion,
        credentials: Credentials,
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        self.init(host: .genesysCloud(region), credentials: credentials, options: options, transport: transport)
    }

    /// Creates a client of a host. Without a transport it has a ``PlatformTransport``.
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

    /// The 13 operations of the vendor's `MessagingApi` under their own names.
    public var messagingAPI: MessagingAPI { MessagingAPI(connection) }

    /// The messaging settings of the organization.
    ///
    /// Wraps these operations:
    /// - `GET /api/v2/conversations/messaging/settings` (`messaging:setting:view`)
    /// - `POST /api/v2/conversations/messaging/settings` (`messaging:setting:add`)
    /// - `GET /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:view`)
    /// - `PATCH /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:edit`)
    /// - `DELETE /api/v2/conversations/messaging/settings/{messageSettingId}` (`messaging:setting:delete`)
    /// - `GET /api/v2/conversations/messaging/settings/default` (`messaging:setting:view`)
    /// - `PUT /api/v2/conversations/messaging/settings/default` (`messaging:setting:edit`)
    /// - `DELETE /api/v2/conversations/messaging/settings/default` (`messaging:setting:delete`)
    /// - `POST /platform/v1/settings/{id}/restorations` (`messaging:setting:add`, `messaging:setting:edit`)
    /// - `GET /platform/v1/settings/{messageSettingId}/usage` (`messaging:setting:view`)
    public var settings: ResourceClient<MessagingSetting> { ResourceClient(connection) }

    /// The supported content profiles of the organization.
    ///
    /// Wraps these operations:
    /// - `GET /api/v2/conversations/messaging/supportedcontent` (`messaging:supportedContent:view`)
    /// - `POST /api/v2/conversations/messaging/supportedcontent` (`messaging:supportedContent:add`)
    /// - `GET /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:view`)
    /// - `PATCH /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:edit`)
    /// - `DELETE /api/v2/conversations/messaging/supportedcontent/{supportedContentId}` (`messaging:supportedContent:delete`)
    /// - `GET /api/v2/conversations/messaging/supportedcontent/default` (`messaging:supportedContent:view`)
    /// - `PUT /api/v2/conversations/messaging/supportedcontent/default` (`messaging:supportedContent:edit`)
    /// - `POST /platform/v1/supportedcontent/{id}/restorations` (`messaging:supportedContent:add`, `messaging:supportedContent:edit`)
    /// - `GET /platform/v1/supportedcontent/{supportedContentId}/usage` (`messaging:supportedContent:view`)
    public var supportedContent: ResourceClient<SupportedContent> { ResourceClient(connection) }

    /// The integrations of the organization, of all kinds. ``ResourceClient/open`` has the open ones.
    ///
    /// Wraps these operations:
    /// - `GET /api/v2/conversations/messaging/integrations` (`messaging:integration:view`)
    public var integrations: ResourceClient<MessagingIntegration> { ResourceClient(connection) }

    /// Decisions of profiles on messages, without sending any.
    public var decisions: DecisionsClient { DecisionsClient(connection) }

    /// The history of the organization: each change with its author, its time, its address, and the values before and after. Only servers
    /// of this project have it.
    public var changes: ChangesClient { ChangesClient(connection) }

    /// Simulations of profiles on logs of attachments.
    public var simulations: SimulationsClient { SimulationsClient(connection) }

    /// The kinds of objects that clients list, create, get, update and delete alike, by the types of their objects. ``resources(of:)`` returns
    /// the client of a kind; its `objectKind` has the word and the operations of the kind.
    ///
    /// ```swift
    /// func export<Entity: ResourceEntity>(_ kind: Entity.Type, of client: MessagingClient) async throws {
    ///     for try await object in client.resources(of: kind).all() { print(kind.objectKind.rawValue, object.json) }
    /// }
    /// for kind in MessagingClient.kinds { try await export(kind, of: client) }
    /// ```
    public static let kinds: [any ResourceEntity.Type] = [
        MessagingSetting.self, SupportedContent.self, OpenIntegration.self,
    ]

    /// Returns the client of the objects of a kind: for `MessagingSetting.self` the same as ``settings``.
    public func resources<Entity: ResourceEntity>(of kind: Entity.Type) -> ResourceClient<Entity> {
        ResourceClient(connection)
    }
}
