import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging media-type ...`.
struct MediaTypeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "media-type",
        abstract: "Try media types of attachments.",
        subcommands: [CheckMediaTypes.self]
    )

    /// Directions of messages on the command line.
    enum Direction: String, CaseIterable, ExpressibleByArgument {
        /// From the customer to the organization.
        case inbound
        /// From the organization to the customer.
        case outbound
        /// Both.
        case both

        /// The directions of the API.
        var directions: [MessageDirection] {
            switch self {
            case .inbound: [.inbound]
            case .outbound: [.outbound]
            case .both: [.inbound, .outbound]
            }
        }
    }

    struct CheckMediaTypes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Show whether supported content profiles allow attachments.",
            discussion: """
                An argument is a file, whose first bytes and name decide, or a media type, or a name of a file. An argument that exists as a \
                file is one. A media type begins with a registered word, such as image/, or with x-; with another slash in it, an argument is \
                the path of a file. For example: messaging media-type check photo.heic image/png
                """
        )

        @Argument(help: "Files, names of files, or media types.", completion: .file()) var arguments: [String]
        @Option(help: "The direction of the messages: inbound, outbound or both.") var direction = Direction.both
        @Flag(help: "Exit with 2 if something is blocked.") var failBlocked = false
        @OptionGroup var content: ContentOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let arguments = try self.arguments.map { text throws(Failure) in try MediaTypeArgument(text) }
            let profiles = try await content.profiles()
            let directions = direction.directions
            let checks = arguments.flatMap { argument in profiles.map { MediaTypeCheck(argument, $0, directions) } }
            try output.printer.list(
                checks.map { output.format == .json || output.format == .yaml ? $0.json : $0.row },
                columns: MediaTypeCheck.columns(directions),
                name: "argument"
            )
            if failBlocked, checks.contains(where: \.isBlocked) { throw ExitCode(Exit.differences.rawValue) }
        }
    }
}
