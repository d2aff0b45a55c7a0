import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import MessagingService

/// Which database a command is for, and how its answer is printed.
struct Target: ParsableArguments {
    @Option(Settings.database) var database: GivenFlag?
    @Flag(help: "Print one JSON document.") var json = false

    /// Who runs the commands.
    var administrator: Administrator {
        get throws { Administrator(database: try Settings.database.value(givenFlags, Environment())) }
    }

    /// Runs a command and prints its answer: a JSON document, or a line for each value, objects a blank line apart.
    func run(_ request: AdministrationRequest) async throws {
        let answer = try await administrator.run(request)
        do {
            try print(answer) { ($0.array ?? [$0]).map(Self.lines).joined(separator: "\n\n") }
        } catch {
            guard answer["secret"] != nil, let id = answer["id"]?.string else { throw error }
            throw StartError("\(error); the secret is lost: messaging-server clients rotate \(id)")
        }
    }

    /// Prints an answer as a JSON document, or in these words.
    func print(_ answer: JSON, _ words: (JSON) -> String) throws {
        try Terminal.print(json ? String(decoding: answer.pretty.dropLast(), as: UTF8.self) : words(answer))
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

extension JSON {
    /// The text of a member, as a part of a line for a terminal; nothing when it has none.
    func line(_ member: String) -> String { (self[member]?.string ?? "").line(limit: .max) }
}
