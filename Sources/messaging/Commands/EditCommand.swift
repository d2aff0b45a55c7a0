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
                The editor is VISUAL, or else EDITOR, or else vi. It gets the fields as YAML, or as JSON with -o json, in a private file. A field \
                that is removed is cleared. The command shows what would change and asks first. If another client has changed the object \
                meanwhile, it shows both changes. After a failure it offers to edit again, or else keeps the file and names it. Otherwise it \
                removes the file. The object's secrets are not in the file.
                """
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        try confirmation.checkPossible()
        let fields = try shown.chosen(Entity.declared, for: output)
        let reader = ObjectReader<Entity>(client: try options.account.client)
        let found = try await object.find(reader)
        var session = EditSession(found, reader, format: output.format == .json ? .json : .yaml)
        let outcome: Outcome
        do {
            outcome = try await change(&session)
        } catch {
            throw session.end(with: error)
        }
        session.end()
        switch outcome {
        case .shown(let difference): try DryRun.show(difference)
        case .same:
            Terminal.talk("There is nothing to change.")
            try output.printer.object(Secrets.redacted(session.found.object), fields: fields)
        case .changed(let object):
            Terminal.talk("Changed the \(Entity.noun) \(found.id).")
            try output.printer.object(Secrets.redacted(object), fields: fields)
        }
    }

    /// What became of the document.
    private enum Outcome {
        /// It was only compared.
        case shown(Difference)
        /// It is as the object is.
        case same
        /// The object was changed to this one.
        case changed(JSON)
    }

    /// Lets the person edit the document until the change is made, or until the person gives up.
    private func change(_ session: inout EditSession<Entity>) async throws(Failure) -> Outcome {
        while true {
            do {
                let patch = try session.edit()
                let difference = session.difference(patch)
                if confirmation.dryRun { return .shown(difference) }
                guard !difference.isEmpty else { return .same }
                for line in difference.lines(styled: false) { Terminal.talk(line) }
                try confirmation.ask("Change the \(Entity.noun) \"\(session.found.name)\" (\(session.found.id))?")
                return .changed(try await session.send(patch))
            } catch let fault as EditFault {
                try fault.askToEditAgain()
            } catch let failure as Failure {
                throw failure
            } catch {
                throw Failure(.failed, "failed", "\(error)")
            }
        }
    }
}
