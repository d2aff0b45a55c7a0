import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The commands on recordings, `messaging replay ...`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Use a recording of messaging record.",
        subcommands: [CheckReplayCommand.self]
    )
}

/// The command `messaging replay check`.
struct CheckReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Send the requests of a recording to a host, and compare status and shape of the responses. Exits with 2 if they differ.",
        discussion: """
            Ids are mapped as they appear: objects of lists by their names, others by their places. A request for an object without a \
            counterpart is skipped, and so is one that changes something unless --allow-writes is given. A request whose body had a secret is \
            never sent, since the recording does not have the secret.
            """
    )

    @Argument(help: "The recording.", completion: .file()) var file: String
    @Flag(help: "Send requests that change something, too. Use an organization for tests.") var allowWrites = false
    @OptionGroup var options: AccountOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let exchanges = try Self.exchanges(file)
        let client = try options.account.client
        var replay = Replay()
        var rows: [JSON] = []
        var (different, skipped) = (0, 0)
        for exchange in exchanges {
            let result = try await replay.run(exchange, allowsWrites: allowWrites) { method, path, body in
                try await Self.send(client, method, path, body)
            }
            let word = result.isSkipped ? "skipped" : result.differences.isEmpty ? "same" : "different"
            if word == "different" { different += 1 }
            if word == "skipped" { skipped += 1 }
            rows.append([
                "request": .string(result.request), "result": .string(word),
                "differences": .array(result.differences.map { .string($0) }),
            ])
        }
        try Differences.end(found: different > 0) {
            try output.printer.list(rows, columns: ["result", "request", "differences"], name: "request")
            let requests = exchanges.count == 1 ? "1 request" : "\(exchanges.count) requests"
            Terminal.talk("\(requests), \(different) with differences, \(skipped) skipped.")
        }
    }

    private static func send(
        _ client: MessagingClient,
        _ method: String,
        _ path: String,
        _ body: JSON?
    ) async throws -> (status: Int, body: JSON?) {
        guard let method = HTTPRequest.Method(rawValue: method) else { throw Failure.usage("\(method) is no method") }
        do {
            let response = try await client.call(method, path, body: body?.bytes)
            return (response.status, response.json)
        } catch {
            guard let response = error.metadata else { throw error }
            return (response.status, response.json)
        }
    }

    private static func exchanges(_ file: String) throws(Failure) -> [RecordedExchange] {
        var exchanges: [RecordedExchange] = []
        let lines = try InputFile(file).bytes(upTo: 256 << 20).split(separator: UInt8(ascii: "\n"))
        for (place, line) in lines.enumerated() {
            guard let json = try? JSON(parsing: Array(line)), let exchange = RecordedExchange(json),
                exchange.path.hasPrefix("/api/v2/"), exchange.path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                !exchange.path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
            else {
                throw Failure(.failed, "not.a.recording", "line \(place + 1) of \(file) is not one of a recording")
            }
            exchanges.append(exchange)
        }
        return exchanges
    }
}
