import ArgumentParser
import MessagingFiles
import MessagingSDK
import StandardStreams

/// The command `messaging simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Show which attachments of a log supported content profiles allow, without sending any.",
        discussion: """
            The log is CSV with the columns direction, mime and filename, or has a JSON object with these members on each line. The profile is \
            the default one of the organization unless one is given. With two profiles, the output shows what changes from the first to the \
            second; names come before files. If all profiles are in files, no host is called, and the log may have any size.

            For example: messaging simulate log.csv --content Pictures --profile-file proposed.yaml
            """
    )

    @Argument(help: "The file of the log; - for standard input.", completion: .file()) var log: String
    @Option(
        help: "The name or the id of a supported content profile; may be repeated.",
        completion: Completions.names(SupportedContent.self)
    )
    var content: [String] = []
    @Option(help: "A file with a supported content profile, in JSON or YAML; may be repeated.", completion: .file())
    var profileFile: [String] = []
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard content.count + profileFile.count <= 2 else { throw ValidationError("Give at most two profiles.") }
        guard log != "-" || !profileFile.contains("-") else {
            throw ValidationError("Standard input can be the log or a profile, not both.")
        }
    }

    func run() async throws {
        let files = try profileFile.map { path throws(Failure) in
            try ContentProfile(InputFile(path).document(), at: path)
        }
        if let first = files.first, content.isEmpty {
            let simulation = try LocalSimulation.run(log, today: first, proposed: files.dropFirst().first)
            return try show(simulation, simulation.json, files)
        }
        let remote = try RemoteSimulation(options.account)
        let profiles = try await remote.profiles(content) + files
        guard let first = profiles.first else { return }
        let metadata = try await remote.run(log, today: first, proposed: profiles.dropFirst().first)
        try show(metadata.value, metadata.json, profiles)
    }

    private func show(_ simulation: Simulation, _ json: JSON, _ profiles: [ContentProfile]) throws {
        let report = SimulationReport(simulation)
        try report.checkReadable(log)
        report.warning?.show()
        if try output.printer.document(json) { return }
        if output.format == .name {
            return try Terminal.print(report.lines.map(\.mediaType.visible).joined(separator: "\n"))
        }
        try output.printer.sheet(report.sheet)
        guard Terminal.showsOutput, output.format != .csv else { return }
        let summary = report.summary(profiles.map(\.name), width: Terminal.width ?? 80, styled: Printer.isStyled)
        try Terminal.print(([""] + summary).joined(separator: "\n"))
    }
}
