import ArgumentParser
import MessagingFiles
import MessagingSDK

extension DefaultedEntity {
    /// The commands on the default of this kind.
    static var defaultCommand: any ParsableCommand.Type { DefaultCommand<Self>.self }
}

/// The commands on the default of a kind, such as `messaging settings default ...`. A kind that always has a default has no `clear`.
struct DefaultCommand<Entity: DefaultedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let commands: [any ParsableCommand.Type] = [GetDefaultCommand<Entity>.self, SetDefaultCommand<Entity>.self]
        return CommandConfiguration(
            commandName: "default",
            abstract: "Manage the default, which new integrations get.",
            subcommands: commands + (Entity.defaultEndpoints.clear == nil ? [] : [ClearDefaultCommand<Entity>.self])
        )
    }
}

/// The command `default get` of a kind.
struct GetDefaultCommand<Entity: DefaultedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: "Show the default.")
    }

    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let found = try await ObjectReader<Entity>(client: options.account.client).requiredDefault()
        try output.printer.object(Secrets.redacted(found.object), fields: fields)
    }
}
