import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `list` of a kind.
struct ListCommand<Entity: ManagedEntity>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List all objects, ordered by name.",
            discussion: """
                A filter is PATH OPERATOR VALUE, such as 'name contains support and version >= 2'. The operators are == != <= >= < > contains \
                match, and ~ for match. contains looks for a part of a text or for an element of an array, match for a regular expression, \
                without references and looking ahead. Numbers and dates such as 2026-03-01 are compared as such. A value with spaces is in \
                quotes. Conditions are joined with and, which binds tighter, and or.
                """
        )
    }

    @Option(help: "Show only the objects that fulfill a condition, such as 'name ~ ^Support'.") var filter: String?
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var shown: FieldOptions

    func run() async throws {
        let fields = try shown.chosen(Entity.listed, for: output)
        let filter = try self.filter.map { text throws(Failure) in try Filter(text, Entity.listed) }
        let objects = try await ObjectReader<Entity>(client: options.account.client).all(Entity.Listed.self)
            .map { Secrets.redacted($0) }
        let found = objects.filter { filter?.matches($0) ?? true }
        try output.printer.list(found, columns: fields ?? Entity.columns, fields: fields)
    }
}
