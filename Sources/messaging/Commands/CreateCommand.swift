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
        let fields = try shown.chosen(Entity.declared)
        let account = try options.account
        let client = account.client
        let document = try await input.document(for: Entity.self, client)
        let request = try Self.request(document)
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

    /// Reads a request from its document. The failure for a secret does not quote it.
    private static func request(_ document: RequestDocument) throws(Failure) -> Entity.Request {
        do {
            return try Entity.Request(json: .object(document.members))
        } catch {
            let isSecret = Secrets.names.contains { error.path.hasPrefix($0) }
            let message = isSecret ? "\(error.path) has a value that is not allowed" : APIError(error).message
            throw .usage(message, next: "messaging explain \(Entity.command).\(error.path) describes the field.")
        }
    }
}
