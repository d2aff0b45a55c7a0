import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging history`.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the changes of the organization, the newest first.",
        discussion: """
            With --watch, the newest changes are shown in the order in which they were made, and then each new one, until Ctrl-C. A name finds \
            the changes of objects that had it before or after the change. Only servers of this project have a history.
            """
    )

    @Option(help: "Only objects of a kind, such as settings, supported-content, integrations, defaults or clients.")
    var kind: String?
    @Option(help: "Only objects that had this name before or after the change.") var name: String?
    @Option(help: "Only the object with this id.") var id: String?
    @Option(
        parsing: .unconditional,
        help: "The number of changes that are shown. (default: 20, or 10 with --watch)",
        transform: PositiveNumber.read
    )
    var limit: Int?
    @Flag(help: "Go on to show new changes until Ctrl-C.") var watch = false
    @Option(
        help: "The time between two requests with --watch, such as 5s or 1m. (default: 3s)",
        transform: Interval.init
    )
    var interval: Interval?
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard name == nil || id == nil else { throw ValidationError("Give either --name or --id.") }
        guard watch || interval == nil else { throw ValidationError("--interval belongs to --watch.") }
    }

    func run() async throws {
        let kind = try self.kind.map { word throws(Failure) in try ObjectKind.named(word) }
        let selection = HistorySelection(kind: kind, id: id, name: name)
        let reader = try HistoryReader(options.account)
        guard watch else {
            let changes = try await selection.newest(limit ?? 20, reader).changes
            try output.printer.history(changes)
            if changes.isEmpty { selection.warning?.showOnce() }
            return
        }
        let watch = HistoryWatch(
            selection: selection,
            reader: reader,
            printer: output.printer,
            limit: limit ?? 10,
            interval: interval?.duration ?? .seconds(3)
        )
        let watching = Task { try await watch.run() }
        let interrupt = Interrupt {
            // The terminal shows the keys behind the last line.
            if Terminal.showsTalk { Terminal.complain("") }
            watching.cancel()
        }
        defer { interrupt.end() }
        do {
            try await watching.value
        } catch {
            guard watching.isCancelled else { throw error }
        }
    }
}
