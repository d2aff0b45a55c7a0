import ArgumentParser
import MessagingContract
import MessagingServer

/// The command `messaging-server openapi`.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of the API, the same as GET /openapi.json."
    )

    func run() throws { try Terminal.print(String(decoding: OpenAPI.document.pretty.dropLast(), as: UTF8.self)) }
}
