import MessagingContract
import MessagingCore

/// The content of organizations as documents: read, checked and prepared for a commit.
struct OrganizationContent: Sendable {
    private let organizations: Organizations
    private let integrations: OpenIntegrations

    init(_ organizations: Organizations, _ integrations: OpenIntegrations) {
        self.organizations = organizations
        self.integrations = integrations
    }

    /// The seconds after which a creation of an integration is completed.
    var delay: Double { integrations.delay }

    /// Returns the content of an organization with its secrets and without its clients. Takes time in proportion to its size.
    func document(of organization: Organization) throws(APIError) -> [UInt8] {
        var document = try organization.exported(
            at: organizations.surroundings.now(organization.id),
            secrets: integrations
        )
        document.dateExported = nil
        document.clients = []
        return document.json.bytes
    }

    /// Returns an organization with the content of a document, for the organization with an id. Secrets that an integration of the document
    /// lacks are those of `present`, or else generated.
    ///
    /// Throws 400 with the path of the first field that is not valid.
    func prepare(
        _ state: OrganizationState,
        for id: String,
        _ name: String,
        present: Organization? = nil,
        by author: Author
    ) async throws(APIError) -> Organization {
        let integrations = integrations
        return try await WorkLane.shared.run(for: id) { () throws(APIError) in
            var document: OrganizationDocument
            do throws(FieldError) {
                document = try OrganizationDocument(json: .object(state.document))
            } catch {
                throw APIError(error)
            }
            (document.organization.id, document.organization.name, document.clients) = (id, name, [])
            if let present { try document.takeSecrets(of: present, integrations) }
            return try integrations.prepare(document, newID: false, taken: [], by: author).organization
        }
    }
}

extension OrganizationDocument {
    /// Gives integrations without secrets those that they have in an organization.
    fileprivate mutating func takeSecrets(
        of organization: Organization,
        _ integrations: OpenIntegrations
    ) throws(APIError) {
        for index in self.integrations.indices where self.integrations[index].secrets == nil {
            guard let entry = organization[.openIntegration][self.integrations[index].id] else { continue }
            let opened = try integrations.open(entry, in: organization, withToken: true)
            var secrets = OpenIntegrationSecrets()
            secrets.outboundNotificationWebhookSignatureSecretToken =
                opened.outboundNotificationWebhookSignatureSecretToken
            secrets.webhookHeaders = opened.webhookHeaders
            self.integrations[index].secrets = secrets
        }
    }
}
