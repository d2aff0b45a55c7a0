import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `default set` of a kind.
struct SetDefaultCommand<Entity: DefaultedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "set", abstract: "Make an object the default, and show it.")
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @Flag(help: "Show what would change, and change nothing. Exits with 2 if something would.") var dryRun = false
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let client = try options.account.client
        let reader = ObjectReader<Entity>(client: client)
        let found = try await object.find(reader)
        if dryRun { return try await DryRun.show(ChosenDefault.difference(from: reader.default(), to: found)) }
        let choice = Entity.Choice(choosing: found.id)
        let response = try await client.call(Entity.defaultEndpoints.set, NoParameters(), body: choice)
        Terminal.talk("The \(Entity.noun) \(found.id) is the default.")
        try output.printer.object(Secrets.redacted(response.metadata.json ?? response.value.json), fields: fields)
    }
}

/// The command `default clear` of a kind.
struct ClearDefaultCommand<Entity: DefaultedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "clear",
            abstract: "Leave the organization without a default.",
            discussion: "It asks first. The object itself stays."
        )
    }

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let client = try options.account.client
        guard let clear = Entity.defaultEndpoints.clear else { return }
        guard let found = try await ObjectReader<Entity>(client: client).default() else {
            Terminal.talk("No default \(Entity.noun) is set.")
            return
        }
        if confirmation.dryRun { return try DryRun.show(ChosenDefault.difference(from: found, to: nil)) }
        try confirmation.ask("Clear the default \(Entity.noun) \"\(found.name)\" (\(found.id))?")
        _ = try await client.call(clear, NoParameters())
        Terminal.talk("The default \(Entity.noun) is cleared.")
    }
}

/// The choice of a default in a difference.
private enum ChosenDefault {
    static func difference<Entity: ManagedEntity>(
        from before: ObjectReader<Entity>.Found?,
        to after: ObjectReader<Entity>.Found?
    ) -> Difference {
        Difference(from: before.map(shown), to: after.map(shown))
    }

    private static func shown<Entity: ManagedEntity>(_ found: ObjectReader<Entity>.Found) -> JSON {
        ["default": ["id": .string(found.id), "name": .string(found.name)]]
    }
}
