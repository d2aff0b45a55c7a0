import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Describe a field and the fields inside it, without a host.",
        discussion: "For example: messaging explain settings.content.story"
    )

    @Argument(
        help: "A kind, or a kind and the path of a field: settings.event.typing.on.",
        completion: Completions.described
    )
    var field: String

    func run() async throws {
        let parts = field.split(separator: ".", maxSplits: 1).map(String.init)
        var declared = try ManagedKinds.kind(parts.first ?? "").declared
        if parts.count == 2 { declared = try declared.field(at: parts[1]) }
        let lines = FieldDescription(declared, name: field).lines(within: Terminal.width)
        try Terminal.print(lines.joined(separator: "\n"))
    }
}
