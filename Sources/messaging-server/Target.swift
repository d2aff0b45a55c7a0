import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import MessagingService

/// Which database a command is for, and how its answer is printed.
struct Target: ParsableArguments {
    @Option(Settings.database) var database: GivenFlag?
    @Flag(help: "Print one JSON document.") var json = false

    /// Runs a command and prints its answer: a JSON document, or a line for each value, objects a blank line apart.
    func run(_ request: AdministrationRequest) async throws {
        let path = try Settings.database.value(givenFlags, Environment())
        let answer = try await Administrator(database: path).run(request)
        let text =
            json
            ? String(decoding: answer.pretty.dropLast(), as: UTF8.self)
            : (answer.array ?? [answer]).map(Self.lines).joined(separator: "\n\n")
        do {
            try Terminal.print(text)
        } catch {
            guard answer["secret"] != nil, let id = answer["id"]?.string else { throw error }
            throw StartError("\(error); the secret is lost: messaging-server clients rotate \(id)")
        }
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
