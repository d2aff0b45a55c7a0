import MessagingSDK
import MessagingTesting
import Testing

@Suite struct KindTests {
    /// Returns the objects of a kind as documents.
    private func export<Entity: ResourceEntity>(_ kind: Entity.Type, of client: MessagingClient) async throws -> [JSON]
    {
        try await client.resources(of: kind).all(pageSize: 1).reduce(into: []) { $0.append($1.json) }
    }

    /// Creates an object of a kind from a document, changes its name by another one, gets it, and deletes it.
    private func use<Entity: ResourceEntity>(_ kind: Entity.Type, in client: MessagingClient) async throws {
        let objects = client.resources(of: kind)
        let document = try #require(Entity.endpoints.create.operation.content.example)
        let made = try await objects.create(Entity.Request(json: document))
        #expect(made.json["name"] == document["name"])
        var got = try await objects.get(made.id)
        if Entity.self is OpenIntegration.Type { got = try await completedIntegration(made.id, as: kind, in: client) }
        #expect(got.id == made.id)
        let changed = try await objects.update(made.id, Patch(json: ["name": "changed"]))
        #expect(changed.json["name"] == "changed")
        #expect(try await export(kind, of: client).contains(changed.json))
        try await objects.delete(made.id)
        #expect(try await !objects.list(pageSize: 100).entities.contains { $0.id == made.id })
    }

    @Test func objectsOfEachKindAreUsedAlike() async throws {
        try await withMessagingServer { client in
            for kind in MessagingClient.kinds { try await use(kind, in: client) }
        }
    }

    @Test func anOrganizationIsExportedKindByKind() async throws {
        try await withMessagingServer { client in
            for name in ["a", "b"] { try await client.settings.create(MessagingSettingRequest(name: name)) }
            var exported: [String: [JSON]] = [:]
            for kind in MessagingClient.kinds {
                exported[kind.objectKind.rawValue] = try await export(kind, of: client)
            }
            #expect(exported.keys.sorted() == ["integrations", "settings", "supportedcontent"])
            #expect(exported["settings"]?.map { $0["name"] } == ["a", "b"])
            #expect(exported["supportedcontent"]?.count == 1)
            #expect(exported["integrations"] == [])
        }
    }

    @Test func eachKindWithOperationsIsListed() {
        let kinds = MessagingClient.kinds.map { $0.objectKind }
        #expect(Set(kinds) == Set(APIOperation.all.compactMap(\.kind)))
        #expect(kinds.count == Set(kinds).count)
    }

    @Test func aKindHasItsOperations() {
        for kind in MessagingClient.kinds {
            let own = endpoints(of: kind)
            let all = kind.objectKind.operations
            #expect(own.allSatisfy(all.contains))
            #expect(all.allSatisfy { $0.kind == kind.objectKind && $0.successor == nil })
        }
        #expect(ObjectKind.settings.operations.map(\.id).contains("getPlatformSettingsUsage"))
    }

    private func endpoints<Entity: ResourceEntity>(of kind: Entity.Type) -> [APIOperation] {
        Entity.endpoints.operations
    }
}
