import ArgumentParser
import Foundation
import MessagingContract
import MessagingServer

/// The command `messaging-server openapi`.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of the API, the same as GET /openapi.json."
    )

    func run() throws { try FileHandle.standardOutput.write(contentsOf: Data(OpenAPI.document.pretty)) }
}
