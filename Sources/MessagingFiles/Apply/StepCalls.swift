import MessagingSDK

/// The calls of the API that a step makes on the objects of a kind.
struct StepCalls<Entity: ManagedEntity>: Sendable {
    private let client: MessagingClient
    private let reader: ObjectReader<Entity>
    private let form = RequestForm(Entity.declared)

    /// Creates the calls on a host.
    init(client: MessagingClient) {
        self.client = client
        reader = ObjectReader(client: client, options: .patient())
    }

    /// Creates an object, and returns its id. `key` is the idempotency key. A host gives a new object defaults for references that are null;
    /// they are cleared afterwards.
    func create(_ members: JSON.Object, key: String?) async throws -> String {
        let request = try Self.request(members)
        let options = CallOptions.patient(idempotencyKey: key)
        let response = try await client.call(Entity.endpoints.create, NoParameters(), body: request, options: options)
        let id = response.value.id
        let created = response.metadata.json ?? response.value.json
        let unwanted = References.names(Entity.self).filter { members[$0]?.isNull == true && created[$0] != nil }
        guard !unwanted.isEmpty else { return id }
        _ = try await completed(id)
        let cleared = JSON.Object(unwanted.map { ($0, JSON.null) })
        _ = try await client.call(Entity.endpoints.update, EntityID(id), body: Self.patch(cleared), options: .patient())
        return id
    }

    /// Changes an object by a merge patch. `isExpected` returns whether the object is still what the plan was made for.
    func update(_ id: String, _ patch: JSON.Object, isExpected: (ConfiguredObject) -> Bool) async throws {
        let tag = try await present(id, isExpected)
        let options = CallOptions.patient(ifMatch: tag)
        _ = try await client.call(Entity.endpoints.update, EntityID(id), body: Self.patch(patch), options: options)
    }

    /// Deletes an object, in the same way.
    func delete(_ id: String, isExpected: (ConfiguredObject) -> Bool) async throws {
        let tag = try await present(id, isExpected)
        _ = try await client.call(Entity.endpoints.delete, EntityID(id), options: .patient(ifMatch: tag))
    }

    /// Reads the object again just before it is changed, since only servers of this project check a condition.
    private func present(_ id: String, _ isExpected: (ConfiguredObject) -> Bool) async throws -> EntityTag? {
        let found = try await completed(id)
        guard isExpected(OrganizationReader.object(found.object, form, Entity.self)) else { throw StepCalls.overtaken }
        return found.tag
    }

    /// Returns an object once the host has completed its creation; a minute at most. It refuses changes of an integration until then.
    private func completed(_ id: String) async throws -> ObjectReader<Entity>.Found {
        for attempt in 0..<60 {
            let found = try await reader.get(id)
            guard found.object["createStatus"]?.string == "Initiated" else { return found }
            try await Task.sleep(for: .milliseconds(min(1_000, 20 << min(attempt, 6))))
        }
        throw Failure(
            .failed,
            "not.completed",
            "the host has not completed the creation of the object within a minute",
            next: "Repeat the command."
        )
    }

    private static var overtaken: Failure {
        Failure(
            .failed,
            "plan.outdated",
            "another client has changed the object since the plan was made",
            next: "Plan again."
        )
    }

    private static func request(_ members: JSON.Object) throws(Failure) -> Entity.Request {
        let given = JSON.Object(members.filter { !$0.value.isNull }.map { ($0.name, $0.value) })
        do {
            return try Entity.Request(json: .object(given))
        } catch {
            throw invalid(error)
        }
    }

    private static func patch(_ members: JSON.Object) throws(Failure) -> Patch<Entity.Request> {
        do {
            return try Patch(json: .object(members))
        } catch {
            throw invalid(error)
        }
    }

    private static func invalid(_ error: FieldError) -> Failure {
        let isSecret = Secrets.names.contains { error.path.hasPrefix($0) }
        let message = isSecret ? "\(error.path) is missing or has a value that is not allowed" : error.sentence
        return .usage(message, next: "messaging explain \(Entity.command).\(error.path) describes the field.")
    }
}
