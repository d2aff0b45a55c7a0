import MessagingSDK

/// An operation that the relay calls by its declaration in the SDK.
struct TypedCall: Sendable {
    let operation: APIOperation
    /// Parses a request into the types of the operation, calls it, and returns its typed result, encoded again.
    let make: @Sendable (MessagingClient, Call) async throws(MessagingError) -> Answer

    /// The operations of the Messaging API, in both families of paths, and those on the caller.
    static let all: [TypedCall] =
        resource(MessagingSettingEndpoints.deprecated.resource) + defaults(MessagingSettingEndpoints.deprecated.default)
        + resource(SupportedContentEndpoints.deprecated.resource)
        + MessagingClient.kinds.flatMap { kind($0) }
        + [
            TypedCall(OpenIntegrationEndpoints.listAll), TypedCall(IdentityEndpoints.getOrganization),
            TypedCall(IdentityEndpoints.getUser), TypedCall(IdentityEndpoints.getToken),
            TypedCall(IdentityEndpoints.revokeToken),
        ]

    private static func kind<Entity: ResourceEntity>(_ type: Entity.Type) -> [TypedCall] {
        resource(Entity.endpoints) + ((type as? any DefaultableEntity.Type).map { defaults(of: $0) } ?? [])
    }

    private static func resource<Entity: ReadableResponse, Request, Page, Target>(
        _ endpoints: ResourceEndpoints<Entity, Request, Page, Target>
    ) -> [TypedCall] {
        [
            TypedCall(endpoints.list), TypedCall(endpoints.create), TypedCall(endpoints.get),
            TypedCall(endpoints.update), TypedCall(endpoints.delete),
        ]
    }

    private static func defaults<Entity: DefaultableEntity>(of type: Entity.Type) -> [TypedCall] {
        defaults(Entity.defaultEndpoints)
    }

    private static func defaults<Entity: ReadableResponse, Choice>(
        _ endpoints: DefaultEndpoints<Entity, Choice>
    ) -> [TypedCall] {
        [TypedCall(endpoints.get), TypedCall(endpoints.set)] + (endpoints.clear.map { [TypedCall($0)] } ?? [])
    }
}

extension TypedCall {
    private init<Parameters, Value: ReadableResponse>(_ endpoint: Endpoint<Parameters, NoBody, Value>) {
        self.init(endpoint) { _ in NoBody() }
    }

    private init<Parameters, Body: WireObject, Value: ReadableResponse>(_ endpoint: Endpoint<Parameters, Body, Value>) {
        self.init(endpoint) { (call) throws(MessagingError) in try call.model() }
    }

    private init<Parameters, Object, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, MergePatch<Object>, Value>
    ) {
        operation = endpoint.operation
        make = { (client, call) throws(MessagingError) in
            let patch: Patch<Object> = try call.patch()
            return Answer(try await client.call(endpoint, call.parameters(), body: patch))
        }
    }

    private init<Parameters, Body, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, Body, Value>,
        _ body: @escaping @Sendable (Call) throws(MessagingError) -> Body
    ) {
        operation = endpoint.operation
        make = { (client, call) throws(MessagingError) in
            Answer(try await client.call(endpoint, call.parameters(), body: body(call)))
        }
    }
}
