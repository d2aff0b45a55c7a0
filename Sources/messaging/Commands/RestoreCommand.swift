import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// A kind of objects that the program restores.
protocol HistoricEntity: ManagedEntity, RestorableEntity {}

extension MessagingSetting: HistoricEntity {}
extension SupportedContent: HistoricEntity {}
extension OpenIntegration: HistoricEntity {}

extension HistoricEntity {
    /// The command that restores objects of this kind.
    static var restoreCommand: any ParsableCommand.Type { RestoreCommand<Self>.self }
}

/// The command `restore` of a kind.
struct RestoreCommand<Entity: HistoricEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore",
            abstract: "Restore an earlier version of an object, or a deleted object, and show it.",
            discussion: """
                A deleted object is found in the history by its name or id. It shows what would change, as the history has it, and \
                asks first. Secrets of the version are restored, too, but never shown. \
                The host refuses the change if another client has changed the object meanwhile. Only servers of this project have a history.
                """
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @Option(
        parsing: .unconditional,
        help: "The version. (default: the one before the present one, or the last one of a deleted object)",
        transform: PositiveNumber.read
    )
    var version: Int?
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let account = try options.account
        let past = try await PastObjects<Entity>(account).object(object.name, version: version)
        if confirmation.dryRun { return try DryRun.show(past.difference, note: past.noteOnSecrets) }
        if let present = past.present, past.difference.isEmpty, !past.mayChangeSecrets {
            Terminal.talk("There is nothing to change.")
            return try output.printer.object(Secrets.redacted(present.object), fields: fields)
        }
        for line in past.difference.lines(styled: false) { Terminal.talk(line) }
        if let note = past.noteOnSecrets { Terminal.talk(note) }
        let noun = past.present == nil ? "deleted \(Entity.noun)" : Entity.noun
        let secrets = past.mayChangeSecrets ? " with its secrets" : ""
        try confirmation.ask("Restore version \(past.version) of the \(noun) \"\(past.name)\" (\(past.id))\(secrets)?")
        let response = try await account.client.call(
            Entity.restoration,
            EntityID(past.id),
            body: RestorationRequest(version: past.version),
            options: CallOptions(idempotencyKey: UUID().uuidString, ifMatch: past.present?.tag)
        )
        Terminal.talk("Restored version \(past.version) of the \(Entity.noun) \(past.id).")
        try output.printer.object(Secrets.redacted(response.metadata.json ?? response.value.json), fields: fields)
    }
}
