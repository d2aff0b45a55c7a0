import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `delete` of a kind.
struct DeleteCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: "Delete an object.",
            discussion:
                "It asks first. The host refuses the deletion if another client has changed the object meanwhile."
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let client = try options.account.client
        let found = try await object.find(ObjectReader<Entity>(client: client))
        if confirmation.dryRun { return try DryRun.show(Difference(from: found.object, to: nil)) }
        try confirmation.ask("Delete the \(Entity.noun) \"\(found.name)\" (\(found.id))?")
        _ = try await client.call(
            Entity.endpoints.delete,
            EntityID(found.id),
            options: CallOptions(ifMatch: found.tag)
        )
        Terminal.talk("Deleted the \(Entity.noun) \(found.id).")
    }
}
