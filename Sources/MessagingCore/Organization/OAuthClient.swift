public import MessagingContract

public import struct Foundation.Date

/// A program that may ask for tokens, as its organization keeps it.
public struct OAuthClient: WireObject {
    /// The id, unique in the whole store.
    public var id = ""
    /// A name for people.
    public var name = ""
    /// The service user that it acts as.
    public var user = ""
    /// The SHA-256 digest of its secret, in hexadecimal.
    public var secretDigest = ""
    /// What it may do.
    public var permissions: [String] = []
    /// The scopes that its tokens may have.
    public var scopes: [String] = []
    /// When it was created.
    public var dateCreated = Date.distantPast

    /// A client with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("id", \.id), .required("name", \.name), .required("user", \.user),
        .required("secretDigest", \.secretDigest), .required("permissions", \.permissions),
        .required("scopes", \.scopes),
        .required("dateCreated", \.dateCreated),
    ]
}

extension OAuthClient {
    /// What a log has in the place of the id of a client that does not exist. No client gets it.
    package static let unknownID = "unknown"

    /// Returns whether a text can be the id of a client: 1 to 128 letters, digits and `-._~`.
    package static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 128 && text.percentEncoded == text
    }

    /// The record that stands in for a client that does not exist, as large as that of one with all permissions.
    static let nobody: [UInt8] = {
        var nobody = ClientRegistration(name: "nobody").client
        nobody.secretDigest = Secret.nobodysDigest
        return nobody.json.bytes
    }()
}
