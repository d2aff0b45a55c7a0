public import MessagingContract

/// What an import made.
public struct ImportSummary: Hashable, Sendable {
    /// A client whose id or secret is not that of the document.
    public struct Client: Hashable, Sendable {
        /// Its id in the document.
        public let was: String
        /// Its id now.
        public let id: String
        /// Its new secret, at the only moment at which it is known; nil when it has the one of the document.
        public let secret: String?
    }

    /// An integration that has a new token, since the document had none, and no webhook headers.
    public struct Integration: Hashable, Sendable {
        /// Its id.
        public let id: String
        /// Its token.
        public let token: String
    }

    /// The organization.
    public let organization: OrganizationInfo
    /// The clients that are not as in the document.
    public let clients: [Client]
    /// The integrations that are not as in the document.
    public let integrations: [Integration]
}

/// A new organization that was made of a document, and is not committed yet.
public struct PreparedImport: Sendable {
    let draft: Draft
    let summary: ImportSummary
    /// The organization as it will be.
    package var organization: Organization { draft.organization }
}
