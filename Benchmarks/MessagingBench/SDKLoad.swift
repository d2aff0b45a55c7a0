import ArgumentParser
import Foundation
import MessagingSDK

/// Gets a setting through the SDK, again and again.
struct SDKLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sdk", abstract: "Calls of MessagingClient.")

    @OptionGroup var target: LoadTarget

    func run() async throws {
        let client = MessagingClient(baseURL: try target.url(""), credentials: .accessToken(try target.token()))
        let id = target.id
        try await Load.run(seconds: target.seconds, concurrency: target.concurrency) { _ in
            _ = try await client.settings.get(id)
        }.print()
    }
}

/// Which setting is asked for, where, how often.
struct LoadTarget: ParsableArguments {
    @Option(help: "The port of the server.")
    var port: Int

    @Option(help: "The id of a setting.")
    var id: String

    @Option(help: "How long.")
    var seconds = 1.0

    @Option(help: "Calls at the same time.")
    var concurrency = 1

    func url(_ path: String) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw ValidationError("no port") }
        return url
    }

    /// The token, which is no argument since those can be seen by everybody.
    func token() throws -> String {
        guard let token = ProcessInfo.processInfo.environment["BENCH_TOKEN"] else {
            throw ValidationError("set BENCH_TOKEN")
        }
        return token
    }
}
