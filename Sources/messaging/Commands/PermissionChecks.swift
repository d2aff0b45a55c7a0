import MessagingFiles
import MessagingSDK

/// The checks of the changes that a token may make.
///
/// Each sends a request that changes nothing: the host refuses it because a permission is missing, or else because there is no such object or
/// the body is empty.
enum PermissionChecks {
    /// Checks the changes of the objects of a kind. Only a server of this project is sure to refuse a creation without a name, so no other host
    /// gets one.
    static func changes<Entity: ManagedEntity>(
        of kind: Entity.Type,
        on host: MessagingHost,
        _ client: MessagingClient,
        _ options: CallOptions
    ) async -> [Check] {
        let nobody = EntityID("00000000-0000-0000-0000-000000000000")
        var checks: [Check] = []
        if host.honorsIdempotencyKeys {
            checks.append(
                await check("\(Entity.command) create") { () async throws(MessagingError) in
                    _ = try await client.call(
                        .post,
                        Entity.endpoints.create.operation.path,
                        body: Array("{}".utf8),
                        options: options
                    )
                }
            )
        }
        checks.append(
            await check("\(Entity.command) update") { () async throws(MessagingError) in
                _ = try await client.call(Entity.endpoints.update, nobody, body: Patch(), options: options)
            }
        )
        checks.append(
            await check("\(Entity.command) delete") { () async throws(MessagingError) in
                _ = try await client.call(Entity.endpoints.delete, nobody, options: options)
            }
        )
        return checks
    }

    private static func check(_ name: String, _ call: () async throws(MessagingError) -> Void) async -> Check {
        do {
            try await call()
        } catch {
            switch error.status {
            case 400, 404: break
            case 403: return Check(name, .warning, Failure(error).message)
            default: return Check(name, Failure(error))
            }
        }
        return Check(name, .ok, "permitted")
    }
}
