public import MessagingContract

/// The work on open messaging integrations around the rules: it seals secrets before a rule gets them, opens them for responses, and
/// completes creations.
public final class OpenIntegrations: Sendable {
    let organizations: Organizations
    private let keys: SealingKeys
    /// The seconds from a creation to its completion.
    package let delay: Double

    /// Creates a value for the integrations of these organizations. Creations are completed after `delay` seconds.
    public init(organizations: Organizations, keys: SealingKeys, delay: Double = 0) {
        self.organizations = organizations
        self.keys = keys
        self.delay = delay
    }

    // MARK: Secrets

    /// Returns the request with sealed secrets, for the integration that will have this id.
    public func seal(
        _ request: OpenIntegrationRequest,
        for id: String,
        in organization: String
    ) throws(APIError) -> SealedOpenIntegrationRequest {
        var request = request
        // A record without header fields has no such member.
        if request.webhookHeaders?.isEmpty == true { request.webhookHeaders = nil }
        let document = try sealed(request.json, for: id, in: organization)
        do {
            return try SealedOpenIntegrationRequest(json: document)
        } catch {
            throw APIError(error)
        }
    }

    /// Returns the patch with sealed secrets, for the integration with this id. Throws 400 if a secret in it is not valid.
    public func seal(
        _ patch: MergePatch<OpenIntegrationRequest>,
        for id: String,
        in organization: String
    ) throws(APIError) -> MergePatch<SealedOpenIntegrationRequest> {
        try MergePatch(sealed(patch.document, for: id, in: organization))
    }

    /// Returns a request or a patch as a document, with sealed secrets. Throws 400 if a secret in it is not valid.
    private func sealed(_ document: JSON, for id: String, in organization: String) throws(APIError) -> JSON {
        let given: OpenIntegrationSecrets
        do {
            given = try OpenIntegrationSecrets(json: document)
        } catch {
            throw APIError(error)
        }
        let sealed = try secrets(given, SecretOwner(organization, id), keys.seal).json.object ?? [:]
        var members = document.object ?? [:]
        for (name, value) in sealed { members[name] = value }
        return .object(members)
    }

    /// Returns the integration as responses have it, without expanded references. Only the response to a creation or a change has the
    /// secret token.
    public func open(
        _ entry: Entry,
        in organization: Organization,
        withToken: Bool = false
    ) throws(APIError) -> OpenIntegration {
        let record: OpenIntegrationRecord = try organization.decode(entry)
        var given = OpenIntegrationSecrets()
        if withToken {
            given.outboundNotificationWebhookSignatureSecretToken =
                record.request.outboundNotificationWebhookSignatureSecretToken
        }
        given.webhookHeaders = record.request.webhookHeaders
        let opened: OpenIntegrationSecrets
        do {
            opened = try secrets(given, SecretOwner(organization.id, record.id), keys.open)
        } catch {
            throw error.caused(by: "stored openIntegration \(record.id): \(error.cause ?? error.message)")
        }
        return OpenIntegration(record, opened, IntegrationReferences(record))
    }

    /// Returns digests of a request's body, one for each key, that of the first key first. A digest distinguishes the body from others, and
    /// does not help to guess a secret in it.
    package func digests(of body: [UInt8]) -> [String] { keys.digests(of: body) }

    private struct SecretOwner {
        let organization: String
        let integration: String

        init(_ organization: String, _ integration: String) {
            self.organization = organization
            self.integration = integration
        }

        func callAsFunction(_ member: String) -> String {
            [organization, integration, member].map { "\($0.utf8.count):\($0)" }.joined()
        }
    }

    /// Seals or opens each secret for its owner.
    private func secrets(
        _ given: OpenIntegrationSecrets,
        _ owner: SecretOwner,
        _ transform: (String, String) throws(APIError) -> String
    ) throws(APIError) -> OpenIntegrationSecrets {
        var result = OpenIntegrationSecrets()
        if let token = given.outboundNotificationWebhookSignatureSecretToken {
            result.outboundNotificationWebhookSignatureSecretToken = try transform(token, owner("token"))
        }
        if let headers = given.webhookHeaders, !headers.isEmpty {
            var transformed: [String: String] = [:]
            for (name, value) in headers { transformed[name] = try transform(value, owner("header \(name)")) }
            result.webhookHeaders = transformed
        }
        return result
    }

    // MARK: Completion

    /// The functions that run the effects of integrations.
    public var effectHandlers: [EffectKind: EffectRunner.Handler] {
        [
            .completeIntegration: { [organizations] (effect) throws(APIError) in
                try await Self.complete(effect, organizations)
            }
        ]
    }

    private static func complete(
        _ leased: LeasedEffect,
        _ organizations: Organizations
    ) async throws(APIError) -> EffectRunner.Outcome {
        let id = leased.effect.key.object
        let turn = Turn(changing: (.openIntegration, id))
        let contextID = organizations.surroundings.makeID(for: leased.organization)
        let author = Author.server("completeIntegration", contextID: contextID)
        let isCompleted = try await organizations.change(leased.organization, by: author, turn: turn) {
            (draft) throws(APIError) in
            try draft.completeIntegration(id)
        }
        return isCompleted ? .settled : .done
    }
}
