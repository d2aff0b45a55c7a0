import MessagingContract

/// The stored names of the kinds. They never change.
extension RecordKind {
    /// The organization itself; its id is the organization's.
    public static let organization = RecordKind(rawValue: "organization")
    /// A messaging setting.
    public static let messagingSetting = RecordKind(rawValue: "messagingSetting")
    /// A supported content profile.
    public static let supportedContent = RecordKind(rawValue: "supportedContent")
    /// An open messaging integration.
    public static let openIntegration = RecordKind(rawValue: "openIntegration")
    /// The default object of a kind. The record's id is the name of that kind, and its name is the object's id.
    public static let defaultObject = RecordKind(rawValue: "default")
    /// An OAuth client. Ids of this kind are unique in the whole store.
    public static let oauthClient = RecordKind(rawValue: "oauthClient")
    /// The revocation of a token before it expires. The change's id is the token's digest in hexadecimal. This kind has changes and no
    /// records.
    public static let tokenRevocation = RecordKind(rawValue: "tokenRevocation")
}

extension Kind {
    /// All kinds.
    static let all = [
        Kind(.messagingSetting, word: .settings, secrets: [], quota: .objects),
        Kind(
            .supportedContent,
            word: .supportedContent,
            secrets: [],
            quota: .objects,
            mostBytes: ObjectSize.profile
        ),
        Kind(
            .openIntegration,
            word: .integrations,
            secrets: OpenIntegrationSecrets.names,
            quota: .objects,
            mostBytes: ObjectSize.integration,
            index: .references,
            complete: OpenIntegrationRecord.withPaths
        ),
        Kind(.defaultObject, word: .defaults, secrets: [], quota: nil),
        Kind(.oauthClient, word: .clients, secrets: ["secretDigest"], quota: .clients, index: .clients),
        Kind(.organization, word: .organization, secrets: [], quota: nil),
        Kind(.tokenRevocation, word: nil, secrets: [], quota: nil, index: .revocations),
    ]
}
