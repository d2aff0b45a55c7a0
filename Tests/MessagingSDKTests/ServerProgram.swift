import Foundation
import MessagingSDK
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The server's program, which is built beside the tests, with a database file of its own.
struct ServerProgram {
    /// The address of the server.
    let url: URL
    /// The credentials of a client with all permissions.
    let credentials: Credentials
    /// The directory of the server's files.
    let directory: URL

    private static let client = (id: "00000000-0000-4000-8000-000000000001", secret: String(repeating: "s", count: 32))

    /// Runs `body` with a server that has these additional arguments. `prepare` makes files in its directory and returns more arguments.
    static func run(
        _ arguments: [String] = [],
        prepare: (URL) throws -> [String] = { _ in [] },
        _ body: (ServerProgram) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString.prefix(8))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let log = directory.appending(path: "output")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "messaging-server")
        let database = directory.appending(path: "messaging.sqlite").path()
        process.arguments =
            ["serve", "--port", "0", "--rate-limit", "1000000", "--database", database] + arguments
            + (try prepare(directory))
        process.environment = ProcessInfo.processInfo.environment.merging([
            "MESSAGING_BOOTSTRAP_CLIENT_ID": client.id, "MESSAGING_BOOTSTRAP_CLIENT_SECRET": client.secret,
        ]) { $1 }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let server = ServerProgram(
            url: try await address(in: log, of: process),
            credentials: .clientCredentials(id: client.id, secret: client.secret),
            directory: directory
        )
        try await body(server)
    }

    private static func address(in log: URL, of process: Process) async throws -> URL {
        let mark = "Listening on "
        while process.isRunning {
            let lines = try String(contentsOf: log, encoding: .utf8).components(separatedBy: "\n").dropLast()
            if let line = lines.first(where: { $0.hasPrefix(mark) }) {
                return try #require(URL(string: String(line.dropFirst(mark.count))))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw try ServerFailure(output: String(contentsOf: log, encoding: .utf8))
    }

    /// Returns the value of a metric; nil if the server does not report it.
    func metric(_ name: String) async throws -> Int? {
        let (data, _) = try await URLSession.shared.data(from: url.appending(path: "metrics"))
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Int($0.dropFirst(name.count + 1)) }
    }
}

/// An error about a program that ended before it listened.
struct ServerFailure: Error {
    let output: String
}
