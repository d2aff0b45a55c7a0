import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `get` of a kind.
struct GetCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: "Show one object.")
    }

    @Argument(help: "The name or the id.", completion: Completions.names(Entity.self)) var name: String
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared)
        let found = try await ObjectReader<Entity>(client: options.account.client).find(name)
        try output.printer.object(Secrets.redacted(found.object), fields: fields)
    }
}
