package import MessagingSDK

/// Reads the configuration of an organization from its host, with the operations of the vendor's API only.
package struct OrganizationReader: Sendable {
    private let client: MessagingClient

    /// Creates a reader that calls the host with a client.
    package init(client: MessagingClient) { self.client = client }

    /// Returns the configuration, or a part of it. It is consistent only if nothing is changed meanwhile.
    package func read(_ part: OrganizationPart = .all) async throws -> Configuration {
        var configuration = Configuration()
        var labels: [String: [String: String]] = [:]
        for kind in ManagedKinds.all where part.kinds.contains(kind.command) {
            var objects = try await Self.objects(kind, client)
            objects.label()
            labels[kind.command] = Dictionary(
                objects.map { ($0.id ?? "", $0.label) },
                uniquingKeysWith: { first, _ in first }
            )
            for index in objects.indices {
                objects[index].members = try References.replaced(in: objects[index].members, of: kind) {
                    kind,
                    reference in
                    guard let id = reference["id"]?.string, let label = labels[kind]?[id] else { return reference }
                    return ["name": .string(label)]
                }
            }
            configuration.objects[kind.command] = objects
        }
        for kind in ManagedKinds.defaulted where part.defaults.contains(kind.command) {
            let id = try await Self.defaultID(kind, client)
            let label = id.map { labels[kind.command]?[$0] ?? $0 }
            configuration.defaults[kind.command] = label.map { .object($0) } ?? Configuration.Default.none
        }
        return configuration
    }

    private static func objects<Entity: ManagedEntity>(
        _ kind: Entity.Type,
        _ client: MessagingClient
    ) async throws -> [ConfiguredObject] {
        let form = RequestForm(Entity.declared)
        return try await ObjectReader<Entity>(client: client, options: .patient()).all(Entity.self).map { object in
            Self.object(object, form, Entity.self)
        }
    }

    /// Returns an object of the API in the form of files. A reference that it does not have is null, so that its absence is declared.
    static func object<Entity: ManagedEntity>(_ object: JSON, _ form: RequestForm, _ kind: Entity.Type)
        -> ConfiguredObject
    {
        var members = form.members(of: object)
        for name in References.names(kind) where members[name] == nil { members[name] = .null }
        return ConfiguredObject(
            id: object["id"]?.string,
            members: form.ordered(members),
            modified: object["dateModified"]?.string
        )
    }

    private static func defaultID<Entity: DefaultedEntity>(
        _ kind: Entity.Type,
        _ client: MessagingClient
    ) async throws -> String? {
        try await ObjectReader<Entity>(client: client, options: .patient()).default()?.id
    }
}
