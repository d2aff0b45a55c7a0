/// The content of an organization as one document: its settings, profiles, integrations and defaults with their ids, versions and dates. It has
/// the form of `messaging-server export` and of `messaging export --with-ids`. Clients are not part of it.
public struct OrganizationState: Sendable, Hashable {
    /// The document, as `docs/export-format.md` describes it.
    public let document: JSON.Object

    /// Creates a state from a document. The document is checked by the server only.
    public init(_ document: JSON.Object) { self.document = document }
}
