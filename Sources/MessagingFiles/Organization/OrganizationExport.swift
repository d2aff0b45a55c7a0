package import MessagingSDK

/// The export of an organization with its ids, in the form that `messaging-server import` reads. It has what a caller of the API can read: no
/// OAuth clients and no secrets.
package struct OrganizationExport: Sendable {
    private static let integrationMembers = [
        "id", "name", "version", "supportedContent", "messagingSetting", "outboundNotificationWebhookUrl",
        "createStatus", "recipient",
        "dateCreated", "dateModified", "createdBy", "modifiedBy",
    ]

    private let client: MessagingClient

    /// Creates an export that calls the host with a client.
    package init(client: MessagingClient) { self.client = client }

    /// Returns the document. It is consistent only if nothing is changed meanwhile.
    package func document() async throws -> JSON {
        let organization = try await client.organization()
        let settings = ObjectReader<MessagingSetting>(client: client)
        let profiles = ObjectReader<SupportedContent>(client: client)
        var defaults: JSON.Object = [:]
        if let id = try await settings.default()?.id { defaults["setting"] = .string(id) }
        if let id = try await profiles.default()?.id { defaults["supportedContent"] = .string(id) }
        return [
            "format": "messaging-organization", "version": .number(JSON.Number(1)),
            "organization": ["id": .string(organization.id), "name": .string(organization.name)],
            "settings": .array(try await settings.all(MessagingSetting.self)),
            "supportedContent": .array(try await profiles.all(SupportedContent.self)),
            "defaults": .object(defaults),
            "integrations": .array(try await integrations()),
            "clients": .array([]),
        ]
    }

    /// Returns the open integrations. Their versions are only in the list of all kinds.
    private func integrations() async throws -> [JSON] {
        let reader = ObjectReader<OpenIntegration>(client: client)
        let versions = Dictionary(
            try await reader.all(MessagingIntegration.self).map { ($0["id"]?.string ?? "", $0["version"]) },
            uniquingKeysWith: { first, _ in first }
        )
        return try await reader.all(OpenIntegration.self).map { object in
            var members: JSON.Object = [:]
            for name in Self.integrationMembers { members[name] = object[name] }
            members["version"] = versions[object["id"]?.string ?? ""] ?? .number(JSON.Number(1))
            for name in References.names(OpenIntegration.self) {
                if let id = object[name]?["id"] { members[name] = ["id": id] }
            }
            return .object(members)
        }
    }
}
