import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The command `edit` of a kind.
struct EditCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "edit",
            abstract: "Change an object in an editor, and show it.",
            discussion: """
                The editor is VISUAL, or else EDITOR, or else vi. It gets the fields as YAML, or as JSON with -o json, in a private file that is \
                removed afterwards. A field that is removed is cleared. The command shows what would change and asks first. If another client \
                has changed the object meanwhile, it shows both changes, and offers to edit again. Secrets are not in the file.
                """
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.declared)
        let reader = ObjectReader<Entity>(client: try options.account.client)
        let found = try await object.find(reader)
        var session = EditSession(found, reader, format: output.format == .json ? .json : .yaml)
        while true {
            do {
                let patch = try session.edit()
                let difference = session.difference(patch)
                if confirmation.dryRun { return try DryRun.show(difference) }
                guard !difference.isEmpty else {
                    Terminal.talk("There is nothing to change.")
                    return try output.printer.object(Secrets.redacted(session.found.object), fields: fields)
                }
                for line in difference.lines(styled: false) { Terminal.talk(line) }
                try confirmation.ask("Change the \(Entity.noun) \"\(session.found.name)\" (\(found.id))?")
                let object = try await session.send(patch)
                Terminal.talk("Changed the \(Entity.noun) \(found.id).")
                return try output.printer.object(Secrets.redacted(object), fields: fields)
            } catch let fault as EditFault {
                try fault.askToEditAgain()
            }
        }
    }
}
