/// A request to copy the whole database.
public struct BackupRequest: WireObject {
    /// The absolute path of the new file, in the file system of the server.
    public var file = ""
    /// Whether the database takes no commits and tokens after the copy, also after the next start; nil for no.
    public var isFinal: Bool?

    /// Creates a request without a file.
    public init() {}

    /// Creates a request for a backup to this file.
    public init(file: String, isFinal: Bool = false) {
        self.file = file
        self.isFinal = isFinal
    }

    public static let fields: [Field<Self>] = [
        .required("file", \.file, constraint: .absolutePath), .optional("final", \.isFinal),
    ]
}

/// A finished copy of the whole database.
public struct BackupReport: WireObject {
    /// The path of the file.
    public var file = ""
    /// Its size.
    public var bytes = 0
    /// The number of its organizations.
    public var organizations = 0
    /// The ids of the encryption keys without which secrets in it cannot be opened.
    public var keys: [String] = []

    /// Creates a report with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("file", \.file), .required("bytes", \.bytes), .required("organizations", \.organizations),
        .required("keys", \.keys),
    ]
}

/// A request to write a document of an organization.
public struct ExportRequest: WireObject {
    /// The absolute path of the new file, in the file system of the server.
    public var file = ""
    /// The id of the organization; nil for the only one.
    public var organization: String?
    /// Whether the document has the secrets of integrations and the digests of client secrets; nil for no.
    public var withSecrets: Bool?

    /// Creates a request without a file.
    public init() {}

    /// Creates a request for an export to this file.
    public init(file: String, organization: String? = nil, withSecrets: Bool = false) {
        self.file = file
        self.organization = organization
        self.withSecrets = withSecrets
    }

    public static let fields: [Field<Self>] = [
        .required("file", \.file, constraint: .absolutePath), .optional("organization", \.organization),
        .optional("withSecrets", \.withSecrets),
    ]
}

/// A written document of an organization.
public struct ExportReport: WireObject {
    /// The path of the file.
    public var file = ""
    /// Its size.
    public var bytes = 0
    /// The id of the organization.
    public var organization = ""
    /// The name of the organization.
    public var name = ""
    /// Whether the document has secrets.
    public var withSecrets = false

    /// Creates a report with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .required("file", \.file), .required("bytes", \.bytes), .required("organization", \.organization),
        .required("name", \.name), .required("withSecrets", \.withSecrets),
    ]
}

/// A request to create an organization from a document.
public struct ImportRequest: WireObject {
    /// The absolute path of the document, in the file system of the server.
    public var file = ""
    /// Whether the organization gets another id than it has in the document; nil for no.
    public var newID: Bool?

    /// Creates a request without a file.
    public init() {}

    /// Creates a request for an import of this file.
    public init(file: String, newID: Bool = false) {
        self.file = file
        self.newID = newID
    }

    public static let fields: [Field<Self>] = [
        .required("file", \.file, constraint: .absolutePath), .optional("newId", \.newID),
    ]
}

/// An organization that was created from a document, with its new secrets.
public struct ImportReport: WireObject {
    /// A client whose id or secret is not that of the document.
    public struct Client: WireObject {
        /// Its id in the document.
        public var was = ""
        /// Its id now.
        public var id = ""
        /// Its new secret, which no other response has; nil if it has the one of the document.
        public var secret: String?

        /// Creates a client with nothing set.
        public init() {}

        public static let schemaName = "ImportedClient"
        public static let fields: [Field<Self>] = [
            .required("was", \.was), .id(\.id), .optional("secret", \.secret),
        ]
    }

    /// An integration that has a new token, since the document had none, and no webhook headers.
    public struct Integration: WireObject {
        /// Its id.
        public var id = ""
        /// Its token, which no other response has.
        public var secretToken = ""

        /// Creates an integration with nothing set.
        public init() {}

        public static let schemaName = "ImportedIntegration"
        public static let fields: [Field<Self>] = [.id(\.id), .required("secretToken", \.secretToken)]
    }

    /// The id of the organization.
    public var id = ""
    /// Its name.
    public var name = ""
    /// The clients that are not as in the document.
    public var clients: [Client] = []
    /// The integrations that are not as in the document.
    public var integrations: [Integration] = []

    /// Creates a report with nothing set.
    public init() {}

    public static let fields: [Field<Self>] = [
        .id(\.id), .required("name", \.name), .required("clients", \.clients),
        .required("integrations", \.integrations),
    ]
}

extension Constraint<String> {
    /// The absolute path of a file. A relative path would depend on the working directory of the server, which its clients do not know.
    fileprivate static let absolutePath = Constraint(["pattern": "^/"]) { (path) throws(FieldError) in
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw FieldError(reason: .constraint("must be an absolute path"))
        }
    }
}
