/// The 13 operations of the vendor's `MessagingApi` under their own names: those of the page `PureCloudPlatformClientV2.MessagingApi` of its
/// SDK documentation, below `/api/v2/messaging`.
///
/// ```swift
/// let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
/// let settings = try await api.getMessagingSettings(pageSize: 25, pageNumber: 1)
/// ```
///
/// The vendor deprecates all of them. ``MessagingClient/settings`` and ``MessagingClient/supportedContent`` call their successors on the same
/// data. Every method throws ``MessagingError`` and returns the value of a response only; ``client`` returns it with its metadata.
public struct MessagingAPI: Sendable {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Creates the operations with a token that was issued elsewhere, at a region of Genesys Cloud unless another host is given.
    public init(
        accessToken: String,
        host: MessagingHost = .genesysCloud(.usEast1),
        options: ClientOptions = ClientOptions(),
        transport: (any Transport)? = nil
    ) {
        self =
            MessagingClient(
                host: host,
                credentials: .accessToken(accessToken),
                options: options,
                transport: transport
            ).messagingAPI
    }

    /// The client of the same host with the same credentials and options. Its ``MessagingClient/call(_:_:options:)`` calls one of the 13
    /// operations by its declaration, and returns its value with the metadata of the response:
    ///
    /// ```swift
    /// let get = MessagingSettingEndpoints.deprecated.resource.get
    /// let response = try await api.client.call(get, EntityID(id))
    /// print(response.value.name, response.metadata.rateLimit?.count ?? 0)
    /// ```
    public var client: MessagingClient { MessagingClient(connection) }
}
