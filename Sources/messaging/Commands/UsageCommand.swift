import ArgumentParser
import MessagingFiles
import MessagingSDK

/// A kind of objects whose uses the program shows.
protocol UsedManagedEntity: ManagedEntity, UsedEntity {}

extension MessagingSetting: UsedManagedEntity {}
extension SupportedContent: UsedManagedEntity {}

extension UsedManagedEntity {
    /// The command that shows the uses of objects of this kind.
    static var usageCommand: any ParsableCommand.Type { UsageCommand<Self>.self }
}

/// The command `usage` of a kind.
struct UsageCommand<Entity: UsedManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "usage",
            abstract: "Show which integrations use an object, and whether it is the default.",
            discussion: "Only servers of this project have this operation."
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let account = try options.account
        guard account.host.honorsIdempotencyKeys else { throw Failure.notOffered(Uses.operation) }
        let found = try await object.find(ObjectReader<Entity>(client: account.client))
        let uses = try await Uses(of: found.id, Entity.self, account.client)
        let printer = output.printer
        if try printer.document(uses.json) { return }
        if uses.isNone { Terminal.talk("Nothing uses it.") }
        try printer.list(printer.format == .name ? uses.integrations : uses.rows, columns: ["use", "name", "id"])
    }
}
