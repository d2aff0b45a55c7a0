public import MessagingContract

public import struct Foundation.Date

/// A program that may request tokens, as its organization stores it.
public struct OAuthClient: WireObject {
    /// The id, unique in the whole store.
    public var id = ""
    /// A readable name.
    public var name = ""
    /// The service user as which it acts.
    public var user = ""
    /// The SHA-256 digest of its secret, in hexadecimal.
    public var secretDigest = ""
    /// The names of its permissions.
    public var permissions: [String] = []
    /// The scopes that its tokens may have.
    public var scopes: [String] = []
    /// The time of its creation.
    public var dateCreated = Date.distantPast

    /// Creates a client with empty values.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id), .required("name", \.name), .required("user", \.user),
        .required("secretDigest", \.secretDigest), .required("permissions", \.permissions),
        .required("scopes", \.scopes),
        .required("dateCreated", \.dateCreated),
    ]
}

extension OAuthClient {
    /// The id in log lines for a client that does not exist. No client gets it.
    package static let unknownID = "unknown"

    /// Returns whether a text can be the id of a client: 1 to 128 letters, digits and `-._~`.
    package static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 128 && text.percentEncoded == text
    }

    /// The record that takes the place of a client that does not exist. It is as large as that of a client with all permissions.
    static let nobody: [UInt8] = {
        var nobody = ClientRegistration(name: "nobody").client
        nobody.secretDigest = Secret.nobodysDigest
        return nobody.json.bytes
    }()
}
