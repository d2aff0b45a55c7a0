import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import MessagingService

/// The command `messaging-server copy`.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy the whole database to an empty one, of the same or another engine.",
        discussion: """
            Each database is a file, or the address of a PostgreSQL database like postgresql://user@host/name. Servers may use the first one \
            meanwhile; the copy is of one moment, and all of it is compared at the end. Run an interrupted copy again to continue it. No server \
            opens the second one before it is complete.
            """
    )

    @Argument(help: "The database to copy.") var from: String
    @Argument(help: "The new database: a file that does not exist, or an empty database of PostgreSQL.") var to: String
    @Flag(help: "Let the first database take no writes after the copy, not even after its server is started again.")
    var final = false
    @OptionGroup var options: CopyOptions

    func run() async throws {
        Interruption.discardsWhatIsBegun()
        let administrator = try options.administrator(of: from)
        let target = try options.engine(to)
        let progress = CopyDisplay()
        let report = try await Terminal.withProgress {
            try await administrator.copy(to: target, isFinal: final) {
                Terminal.showProgress("Backing up", $0, $1)
            } progress: {
                progress.show($0)
            }
        }
        try Terminal.print(options.json ? String(decoding: report.pretty.dropLast(), as: UTF8.self) : lines(report))
    }

    private func lines(_ report: JSON) -> String {
        let counts = [
            ("organizations", "organization"), ("objects", "object"), ("changes", "change"), ("tokens", "token"),
        ]
        .map { (report[$0]?.number?.int ?? 0).counted($1) }
        let place = { (name: String) in (report[name]?.string ?? "").line(limit: .max) }
        var lines = ["Copied \(place("from")) to \(place("to")): \(counts.joined(separator: ", "))."]
        let revisions = report["revisions"]?.array ?? []
        for each in revisions {
            let revision = each["revision"]?.number?.int ?? 0
            lines.append("Organization \((each["organization"]?.string ?? "").line()) is at revision \(revision).")
        }
        let others = (report["organizations"]?.number?.int ?? 0) - revisions.count
        if others > 0 { lines.append("This list omits \(others.counted("other organization")).") }
        lines.append("Both have the digest \(place("digest")).")
        lines.append(
            final
                ? "The first database takes no more writes. It can still be read."
                : "The copy does not have later writes to the first database: use --final to move for good."
        )
        lines += report.keyLines(without: "no server of the copy starts")
        return lines.joined(separator: "\n")
    }
}

/// The options of the command `copy`.
struct CopyOptions: ParsableArguments {
    @Flag(Settings.databasePooler) var databasePooler
    @Option(Settings.socket) var socket: GivenFlag?
    @Flag(help: "Print one JSON document.") var json = false

    /// Returns the administrator of the first database.
    func administrator(of database: String) throws -> Administrator {
        Administrator(try engine(database), socket: try Settings.socket.value(givenFlags, Environment()))
    }

    /// Returns the engine that an argument gives.
    func engine(_ database: String) throws -> Engine {
        try Engine(argument: database, givenFlags, Environment())
    }
}
