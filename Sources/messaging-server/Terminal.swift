import MessagingService
import StandardStreams

/// The standard streams. Each line is written immediately, even to a file or a pipe.
enum Terminal {
    /// Writes a line to standard output. Throws if it cannot be written.
    static func print(_ line: String) throws(StartError) {
        do {
            try StandardStream.output.write("\(line)\n")
        } catch {
            throw StartError("cannot write to standard output: \(error)")
        }
    }

    /// Writes a line to standard error, if it can be written.
    static func fail(_ line: String) { try? StandardStream.error.write("messaging-server: \(line)\n") }

    /// Writes a warning to standard error about variables that look like settings but are none.
    static func warnOfUnknownVariables() { if let warning = Environment().warning { fail(warning) } }

    /// Shows the progress in place of the previous one if standard error is a terminal.
    static func showProgress(_ what: String, _ done: Int, _ total: Int) {
        if total > 0 { showProgress("\(what): \(done * 100 / total) %, \(done) of \(total) pages") }
    }

    /// Shows a line in place of the previous one if standard error is a terminal.
    static func showProgress(_ line: String) {
        if StandardStream.error.isTerminal { try? StandardStream.error.write("\r\u{1B}[K\(line)") }
    }

    /// Runs a closure that shows its progress, and then removes the progress from the terminal.
    static func withProgress<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        defer { showProgress("") }
        return try await body()
    }
}
