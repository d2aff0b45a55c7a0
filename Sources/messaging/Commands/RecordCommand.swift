import ArgumentParser
import Foundation
import MessagingFiles
import StandardStreams

/// The command `messaging record`.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Run a command, and record its requests to the host and the responses.",
        discussion: """
            For example: messaging record --profile prod --out prod.ndjson -- messaging settings list

            The command gets the address of a gateway in MESSAGING_URL and GENESYSCLOUD_GATEWAY_PROTOCOL, _HOST and _PORT, with a token in \
            MESSAGING_TOKEN and GENESYSCLOUD_ACCESS_TOKEN, and a client id and secret in the variables of both. They are valid for this \
            gateway only, which has the credentials of the profile. Secrets, names of persons and e-mail addresses are replaced in the file.
            """
    )

    @Option(help: "The new file of the recording.") var out: String
    @Flag(help: "Pass on requests that change something, too.") var allowWrites = false
    @OptionGroup var options: AccountOptions
    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.") var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("Give the command after --.") }
    }

    func run() async throws {
        let client = try options.account.client
        let recording = try Recording(path: out)
        let password = UUID().uuidString
        let gateway = Gateway(client: client, recording: recording, allowsWrites: allowWrites, password: password)
        let interrupt = Interrupt {}
        defer { interrupt.end() }
        let arguments = command
        let code = try await gateway.serve { port in
            try await RecordedCommand(arguments: arguments, environment: Self.environment(port, password)).run()
        }
        try await report(recording)
        if code != 0 { throw ExitCode(code) }
    }

    private func report(_ recording: Recording) async throws {
        let (count, refused) = await (recording.count, recording.refused)
        let requests = count == 1 ? "1 request" : "\(count) requests"
        Terminal.complain("Recorded \(requests) to \(out.visible), and refused \(refused).")
        if await !recording.wasCalled {
            Terminal.complain(
                "The command sent no request to the gateway: it may honor neither MESSAGING_URL nor GENESYSCLOUD_GATEWAY_HOST."
            )
        }
        for (place, number) in await recording.unknown.counts.sorted(by: { $0.key < $1.key }) {
            Terminal.complain("Not in our models, \(number) times: \(place.visible)")
        }
    }

    private static func environment(_ port: Int, _ password: String) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        for name in environment.keys where name.hasPrefix("MESSAGING_") || name.hasPrefix("GENESYSCLOUD_") {
            environment[name] = nil
        }
        return environment.merging(
            [
                "MESSAGING_URL": "http://127.0.0.1:\(port)", "MESSAGING_TOKEN": password,
                "MESSAGING_CLIENT_ID": "recorded",
                "MESSAGING_CLIENT_SECRET": password, "GENESYSCLOUD_GATEWAY_PROTOCOL": "http",
                "GENESYSCLOUD_GATEWAY_HOST": "127.0.0.1", "GENESYSCLOUD_GATEWAY_PORT": "\(port)",
                "GENESYSCLOUD_ACCESS_TOKEN": password, "GENESYSCLOUD_OAUTHCLIENT_ID": "recorded",
                "GENESYSCLOUD_OAUTHCLIENT_SECRET": password, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
            ],
            uniquingKeysWith: { $1 }
        )
    }
}
