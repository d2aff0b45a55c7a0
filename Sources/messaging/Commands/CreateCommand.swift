import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The command `create` of a kind.
struct CreateCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: "Create an object, and show it.",
            discussion: "For example: messaging \(Entity.command) create --set name=Support"
        )
    }

    @OptionGroup var input: InputOptions
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func validate() throws {
        guard !input.assignments.isEmpty || input.file != nil else {
            throw ValidationError("Give the fields of the object with --set or --file.")
        }
    }

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let account = try options.account
        let client = account.client
        let document = try await input.document(for: Entity.self, client)
        let request = try document.read(for: Entity.command) { (json) throws(FieldError) in
            try Entity.Request(json: json)
        }
        if input.dryRun { return try DryRun.show(Difference(from: nil, to: .object(document.members))) }
        let key = account.host.honorsIdempotencyKeys ? UUID().uuidString : nil
        let response = try await client.call(
            Entity.endpoints.create,
            NoParameters(),
            body: request,
            options: CallOptions(idempotencyKey: key)
        )
        Terminal.talk("Created the \(Entity.noun) \(response.value.id).")
        try output.printer.object(Secrets.redacted(response.metadata.json ?? response.value.json), fields: fields)
    }
}
