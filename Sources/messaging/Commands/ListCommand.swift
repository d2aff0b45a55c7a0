import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `list` of a kind.
struct ListCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List all objects, ordered by name.")
    }

    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let columns = try shown.chosen(Entity.listed) ?? Entity.columns
        let objects = try await ObjectReader<Entity>(client: options.account.client).all(Entity.Listed.self)
        try output.printer.list(objects.map(Secrets.redacted), columns: columns)
    }
}
