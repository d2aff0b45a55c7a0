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
        let covered = CoveredCommands(on: Entity.self, host)
        var checks: [Check] = []
        func check(
            _ command: String,
            _ operation: APIOperation,
            _ call: () async throws(MessagingError) -> Void
        ) async {
            let permitted = "permitted\(covered.also(operation))"
            checks.append(await result("\(Entity.command) \(command)", permitted: permitted, call))
        }
        let (create, update, delete) = (Entity.endpoints.create, Entity.endpoints.update, Entity.endpoints.delete)
        if host.honorsIdempotencyKeys {
            await check("create", create.operation) { () async throws(MessagingError) in
                let body = Array("{}".utf8)
                _ = try await client.call(.post, create.operation.path, body: body, options: options)
            }
        }
        await check("update", update.operation) { () async throws(MessagingError) in
            _ = try await client.call(update, nobody, body: Patch(), options: options)
        }
        await check("delete", delete.operation) { () async throws(MessagingError) in
            _ = try await client.call(delete, nobody, options: options)
        }
        return checks
    }

    /// Returns the check that a refusal for a missing permission decides. Other commands succeed without it.
    static func refusal(_ name: String, _ error: MessagingError) -> Check {
        Check(name, .warning, error.missingPermissions ?? Failure(error).message)
    }

    private static func result(
        _ name: String,
        permitted: String,
        _ call: () async throws(MessagingError) -> Void
    ) async -> Check {
        do {
            try await call()
        } catch {
            switch error.status {
            case 400, 404: break
            case 403: return refusal(name, error)
            default: return Check(name, error)
            }
        }
        return Check(name, .ok, permitted)
    }
}
