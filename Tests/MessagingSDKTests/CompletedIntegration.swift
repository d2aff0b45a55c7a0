import MessagingSDK
import Testing

/// Returns an integration once the server has completed it. `kind` is the type that its client returns.
///
/// The server completes it by an effect of its own, so this waits in real time. The two minutes only end a test that hangs.
func completedIntegration<Entity: ResourceEntity>(
    _ id: String,
    as kind: Entity.Type = OpenIntegration.self,
    in client: MessagingClient
) async throws -> Entity {
    let patience = ContinuousClock.now + .seconds(120)
    while true {
        let integration = try await client.resources(of: kind).get(id)
        if integration.json["createStatus"] == "Completed" { return integration }
        try #require(ContinuousClock.now < patience, "the integration was not completed")
        try await Task.sleep(for: .milliseconds(2))
    }
}
