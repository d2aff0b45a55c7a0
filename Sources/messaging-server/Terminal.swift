import Foundation
import MessagingService

/// The standard streams. Each line is written immediately, even to a file or a pipe.
enum Terminal {
    /// Makes the streams safe to use. A closed stream is opened on /dev/null, so that no other file gets its number. Writing to a pipe
    /// without a reader becomes an error and does not end the process.
    static func prepare() {
        for number in Int32(0)...2 where fcntl(number, F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes a line to standard output. Throws if it cannot be written.
    static func print(_ line: String) throws(StartError) {
        guard write("\(line)\n", to: STDOUT_FILENO) else {
            throw StartError("cannot write to standard output: \(String(cString: strerror(errno)))")
        }
    }

    /// Writes a line to standard error, if it can be written.
    static func fail(_ line: String) { _ = write("messaging-server: \(line)\n", to: STDERR_FILENO) }

    /// Writes a warning to standard error about variables that look like settings but are none.
    static func warnOfUnknownVariables() { if let warning = Environment().warning { fail(warning) } }

    /// Shows the progress in place of the previous one if standard error is a terminal.
    static func showProgress(_ what: String, _ done: Int, _ total: Int) {
        if total > 0 { showProgress("\(what): \(done * 100 / total) %, \(done) of \(total) pages") }
    }

    /// Shows a line in place of the previous one if standard error is a terminal.
    static func showProgress(_ line: String) {
        if isatty(STDERR_FILENO) == 1 { _ = write("\r\u{1B}[K\(line)", to: STDERR_FILENO) }
    }

    /// Runs a closure that shows its progress, and then removes the progress from the terminal.
    static func withProgress<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        defer { if isatty(STDERR_FILENO) == 1 { _ = write("\r\u{1B}[K", to: STDERR_FILENO) } }
        return try await body()
    }

    private static func write(_ text: String, to file: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
