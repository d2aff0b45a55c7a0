import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `get` of a kind.
struct GetCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: "Show one object.")
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let found = try await object.find(ObjectReader<Entity>(client: options.account.client))
        try output.printer.object(Secrets.redacted(found.object), fields: fields)
    }
}
