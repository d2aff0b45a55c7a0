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

extension Draft {
    /// Adds a client, created now. Throws 400 for a name that is no line of 1 to 256 characters or an id that is taken, for a
    /// permission or scope that does not exist, for a client that is too large, and when there is no room.
    mutating func create(_ client: OAuthClient) throws(APIError) {
        try client.name.checkAsLine()
        if organization.clients[client.id] != nil { throw .badRequest("There is a client \(client.id) already.") }
        let known = Set(Permission.all.map(\.rawValue))
        for permission in client.permissions where !known.contains(permission) {
            throw .badRequest(
                "There is no permission \(permission). There are: \(known.sorted().joined(separator: ", "))."
            )
        }
        for scope in client.scopes where Scope(rawValue: scope) == nil {
            throw .badRequest("There is no scope \(scope).")
        }
        try checkRoom(.clients)
        var client = client
        client.dateCreated = stamp.time
        let json = client.json
        let entry = Entry(id: client.id, json: json, bytes: json.bytes)
        try entry.checkSize(within: ObjectSize.other)
        put(.oauthClient, entry, json)
    }

    /// Gives a client another secret; tokens that it has go on. Throws 404 `not.found`.
    mutating func rotateSecret(of id: String, to digest: String) throws(APIError) {
        guard var client = organization.clients[id] else { throw .notFound }
        client.secretDigest = digest
        put(.oauthClient, id, client.json)
    }

    /// Deletes a client: its tokens are refused from now on. Throws 404 `not.found`.
    public mutating func deleteClient(_ id: String) throws(APIError) {
        guard organization.clients[id] != nil else { throw .notFound }
        remove(.oauthClient, id)
    }
}

extension [String] {
    /// The elements in their order, without those that came before.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
