import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import MessagingService

/// The options of a command that select a database and the form of its output.
struct Target: ParsableArguments {
    @Option(Settings.database) var database: GivenFlag?
    @Flag(Settings.databasePooler) var databasePooler
    @Option(Settings.socket) var socket: GivenFlag?
    @Flag(help: "Print one JSON document.") var json = false

    /// The administrator that runs the commands.
    var administrator: Administrator {
        get throws {
            let environment = Environment()
            return Administrator(
                try Engine(givenFlags, environment),
                socket: try Settings.socket.value(givenFlags, environment)
            )
        }
    }

    /// Returns the absolute path of a file, which the server needs. `..` stays in it, since the system resolves `..` after links.
    static func absolute(_ file: String) throws(StartError) -> String {
        if file.isEmpty { throw StartError("the path of the file is empty") }
        return file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file
    }

    /// Returns the place of a file that a command wrote. Warns if the file is not in the file system of this process, because a server in a
    /// container or with its own /tmp wrote it there.
    static func place(of file: String, bytes: Int) -> String {
        var found = stat()
        let text = file.line(limit: .max)
        if stat(file, &found) == 0, bytes == Int(found.st_size) { return text }
        Terminal.fail(
            "the file \(text) does not exist here: the server wrote it in its own file system, such as that of a container or a private /tmp"
        )
        return "\(text) in the file system of the server"
    }

    /// Runs a command and prints its result: a JSON document, or one line per value with a blank line between objects.
    func run<Parameters, Body, Response>(
        _ command: AdministrationCommand<Parameters, Body, Response>,
        _ parameters: Parameters,
        _ body: Body,
        as printed: (Response) -> JSON = { $0.json }
    ) async throws {
        let answer = printed(try await administrator.run(command, parameters, body))
        do {
            try print(answer) { ($0.array ?? [$0]).map(Self.lines).joined(separator: "\n\n") }
        } catch {
            guard answer["secret"] != nil, let id = answer["id"]?.string else { throw error }
            throw StartError("\(error); the secret is lost: run messaging-server clients rotate \(id)")
        }
    }

    /// Prints a result as a JSON document or as the text that `text` returns.
    func print(_ answer: JSON, _ text: (JSON) -> String) throws {
        try Terminal.print(json ? String(decoding: answer.pretty.dropLast(), as: UTF8.self) : text(answer))
    }

    private static func lines(_ object: JSON) -> String {
        (object.object ?? [:]).map { name, value in
            let label = (name + ":").padding(toLength: 14, withPad: " ", startingAt: 0)
            let text = value.string ?? (value.array ?? []).compactMap(\.string).joined(separator: " ")
            return "\(label)\(text.line(limit: .max))\(name == "secret" ? "  (shown once)" : "")"
        }
        .joined(separator: "\n")
    }
}
