import ArgumentParser
import MessagingFiles

/// The commands on the objects of a kind, such as `messaging settings ...`.
struct ResourceCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let commands: [any ParsableCommand.Type] = [
            ListCommand<Entity>.self, GetCommand<Entity>.self, CreateCommand<Entity>.self, UpdateCommand<Entity>.self,
            EditCommand<Entity>.self, DeleteCommand<Entity>.self,
        ]
        return CommandConfiguration(
            commandName: Entity.command,
            abstract: "Manage \(Entity.plural).",
            subcommands: commands + ((Entity.self as? any HistoricEntity.Type).map { [$0.restoreCommand] } ?? [])
                + ((Entity.self as? any UsedManagedEntity.Type).map { [$0.usageCommand] } ?? [])
                + ((Entity.self as? any DefaultedEntity.Type).map { [$0.defaultCommand] } ?? [])
        )
    }
}

extension ManagedEntity {
    /// The commands on the objects of this kind.
    static var resourceCommand: any ParsableCommand.Type { ResourceCommand<Self>.self }
}
