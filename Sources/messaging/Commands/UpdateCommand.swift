import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `update` of a kind.
struct UpdateCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update",
            abstract: "Change fields of an object, and show it.",
            discussion: """
                Fields that are not given stay. A field that is null in the file is cleared. The host refuses the change if another client has \
                changed the object meanwhile. A change of nothing is not sent.
                """
        )
    }

    @OptionGroup var object: ObjectArgument<Entity>
    @OptionGroup var input: InputOptions
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func validate() throws {
        guard !input.assignments.isEmpty || input.file != nil else {
            throw ValidationError("Give the fields to change with --set or --file.")
        }
    }

    func run() async throws {
        let fields = try shown.chosen(Entity.declared, for: output)
        let client = try options.account.client
        let document = try await input.document(for: Entity.self, client)
        let found = try await object.find(ObjectReader<Entity>(client: client))
        let patch = try document.read(for: Entity.command) { (json) throws(FieldError) in
            try Patch<Entity.Request>(json: json)
        }
        let difference = Difference(from: found.object, to: patch.applied(to: found.object))
        if input.dryRun { return try DryRun.show(difference) }
        guard !difference.isEmpty else {
            Terminal.talk("There is nothing to change.")
            return try output.printer.object(Secrets.redacted(found.object), fields: fields)
        }
        let response = try await client.call(
            Entity.endpoints.update,
            EntityID(found.id),
            body: patch,
            options: CallOptions(ifMatch: found.tag)
        )
        Terminal.talk("Changed the \(Entity.noun) \(found.id).")
        try output.printer.object(Secrets.redacted(response.metadata.json ?? response.value.json), fields: fields)
    }
}
