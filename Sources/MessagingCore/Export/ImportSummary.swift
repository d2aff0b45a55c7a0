public import MessagingContract

/// The result of an import.
public struct ImportSummary: Hashable, Sendable {
    /// A client whose id or secret differs from that of the document.
    public struct Client: Hashable, Sendable {
        /// Its id in the document.
        public let was: String
        /// Its id now.
        public let id: String
        /// Its new secret, at the only moment at which it is known; nil if it has the secret of the document.
        public let secret: String?
    }

    /// An integration with a new token and without webhook headers, since the document had neither.
    public struct Integration: Hashable, Sendable {
        /// Its id.
        public let id: String
        /// Its token.
        public let token: String
    }

    /// The organization.
    public let organization: OrganizationInfo
    /// The clients that differ from the document.
    public let clients: [Client]
    /// The integrations that differ from the document.
    public let integrations: [Integration]
}

/// A new organization that was made from a document and is not committed yet.
public struct PreparedImport: Sendable {
    let draft: Draft
    let summary: ImportSummary
    /// The new organization.
    package var organization: Organization { draft.organization }
}
