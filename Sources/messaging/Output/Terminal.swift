import Foundation
import MessagingFiles

/// The standard streams.
enum Terminal {
    /// An error that ends the program quietly: the reader of its output has gone, as with `| head`.
    struct OutputClosed: Error {}

    /// Makes the streams safe to use. A closed stream is opened on /dev/null, so that no other file gets its number. Writing to a pipe
    /// without a reader becomes an error.
    static func prepare() {
        for number in Int32(0)...2 where fcntl(number, F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether a person reads standard output.
    static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether a person reads standard error.
    static var showsTalk: Bool { isatty(STDERR_FILENO) == 1 }
    /// Whether a person can be asked: standard input and standard error are a terminal.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && showsTalk }

    /// The number of columns of the terminal at standard output; nil if it is none.
    static var width: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes bytes to standard output. Throws ``OutputClosed`` or a ``Failure``.
    static func write(_ bytes: [UInt8]) throws {
        guard !put(bytes, STDOUT_FILENO) else { return }
        if errno == EPIPE { throw OutputClosed() }
        let cause = String(cString: strerror(errno))
        throw Failure(.failed, "output.not.written", "could not write to standard output: \(cause)")
    }

    /// Writes a text with a line feed at its end to standard output. Writes nothing for an empty text.
    static func print(_ text: String) throws {
        if !text.isEmpty { try write(Array("\(text)\n".utf8)) }
    }

    /// Tells a person at a terminal what was done, on standard error. Writes nothing elsewhere.
    static func talk(_ line: String) {
        if showsTalk { complain(line.visible) }
    }

    /// Writes a text with a line feed to standard error, if that is possible.
    static func complain(_ text: String) { _ = put(Array("\(text)\n".utf8), STDERR_FILENO) }

    /// Shows a text in place of the present line of standard error. An empty text removes the line.
    static func replaceLine(_ text: String) { _ = put(Array("\r\u{1B}[K\(text.visible)".utf8), STDERR_FILENO) }

    /// Asks a person, and returns the line that the person enters; nil at the end of the input.
    static func ask(_ question: String) -> String? {
        _ = put(Array("\(question.visible) ".utf8), STDERR_FILENO)
        return readLine()
    }

    private static func put(_ bytes: [UInt8], _ file: Int32) -> Bool {
        var rest = bytes[...]
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
