import MessagingCore

/// Why a server or a command did not start, in one line for a terminal.
///
/// Values from outside stand in it, so what a terminal would not show as it is becomes an escape, and a long line is shortened.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// Creates an error with this text, of which it makes one line.
    public init(_ description: String) { self.description = description.line() }
}
