import Foundation
import MessagingFiles
import StandardStreams

/// The standard streams.
enum Terminal {
    /// An error that ends the program quietly: the reader of its output has gone, as with `| head`.
    struct OutputClosed: Error {}

    /// Whether a person reads standard output.
    static var showsOutput: Bool { StandardStream.output.isTerminal }
    /// Whether a person reads standard error.
    static var showsTalk: Bool { StandardStream.error.isTerminal }
    /// Whether a person can be asked: standard input and standard error are a terminal.
    static var canAsk: Bool { StandardStream.input.isTerminal && showsTalk }

    /// The number of columns of the terminal at standard output; nil if it is none.
    static var width: Int? { columns(of: STDOUT_FILENO) }

    private static func columns(of file: Int32) -> Int? {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes bytes to standard output. Throws ``OutputClosed`` or a ``Failure``.
    static func write(_ bytes: [UInt8]) throws {
        do {
            try StandardStream.output.write(bytes)
        } catch {
            if error.isClosedPipe { throw OutputClosed() }
            throw Failure(.failed, "output.not.written", "could not write to standard output: \(error)")
        }
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
    static func complain(_ text: String) { try? StandardStream.error.write("\(text)\n") }

    /// Shows a text in place of the present line of standard error, shortened to the width of its terminal. An empty text removes the line.
    static func replaceLine(_ text: String) {
        let line = text.visible.shortened(to: columns(of: STDERR_FILENO) ?? .max)
        try? StandardStream.error.write("\r\u{1B}[K\(line)")
    }

    /// Asks a person, and returns the line that the person enters; nil at the end of the input.
    static func ask(_ question: String) -> String? {
        try? StandardStream.error.write("\(question.visible) ")
        return readLine()
    }
}
