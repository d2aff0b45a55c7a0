/// The 13 operations of the vendor's `MessagingApi`, by their own names: those of the page
/// `PureCloudPlatformClientV2.MessagingApi` of its SDK documentation, below `/api/v2/messaging`.
///
/// ```swift
/// let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
/// let settings = try await api.getMessagingSettings(pageSize: 25, pageNumber: 1)
/// ```
///
/// All of them are deprecated by the vendor; ``MessagingClient/settings`` and ``MessagingClient/supportedContent`` call their
/// successors, over the same data. Every one throws ``MessagingError``.
public struct MessagingAPI: Sendable {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The operations with a token that was got elsewhere, at a region of Genesys Cloud unless another host is given.
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
}
